import type { MediaFormats, Wishes } from '../../rtms/index.ts';
import { MEDIA, type Media } from '../../rtms/wire/codes.ts';
import type { RtmsValues } from './flags.ts';

const PACKET_MS = 100;

/** The kinds of media that are wanted: those that were named, or what the outputs are made of. */
const mediaOf = (values: RtmsValues): readonly Media[] => {
  if (values.media.includes('all')) return MEDIA;
  const named = values.media.filter((one): one is Media => one !== 'all');
  if (named.length > 0) return MEDIA.filter((media) => named.includes(media));
  return values.save === undefined ? ['transcript', 'chat'] : ['audio', 'transcript', 'chat'];
};

/** What is asked of Zoom, from the flags. */
export const wishesOf = (values: RtmsValues): Wishes => {
  const formats: MediaFormats = {
    audio: {
      codec: values.audioCodec,
      rate: values.audioRate,
      channels: 1,
      tracks: values.tracks === 'mixed' ? 'mixed' : 'each',
      packetMs: values.packet ?? PACKET_MS,
    },
    video: { codec: 'h264', fps: 25, resolution: 'hd', individual: false },
    share: { codec: 'jpg', fps: 1, resolution: 'fhd', individual: false },
    transcript: { language: values.language, fixed: values.fixedLanguage },
  };
  return {
    media: mediaOf(values),
    takesAll: values.media.includes('all'),
    formats,
    buffered: !values.noBuffered,
    videoOf: undefined,
    closes: values.onExit === 'close',
  };
};

/** What is wrong with these flags together. */
export const mediaComplaints = (values: RtmsValues): readonly string[] => {
  const flowing = values.media.filter((one) => one !== 'transcript' && one !== 'chat' && one !== 'all');
  return flowing.length > 0 && values.save === undefined
    ? [`--media ${flowing.join(',')}: expected --save <dir> beside it, there is nowhere to put it.`]
    : [];
};
