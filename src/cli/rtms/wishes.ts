import type { MediaFormats, Wishes } from '../../rtms/index.ts';
import { MEDIA, type Media } from '../../rtms/wire/codes.ts';
import type { RtmsValues } from './flags.ts';
import { pictureComplaints, pictureFormats } from './video-flags.ts';

const PACKET_MS = 100;
/** Whoever listens along wants it sooner. */
const LIVE_PACKET_MS = 20;

/** The kinds of media that are wanted: those that were named, or what the outputs are made of. */
const mediaOf = (values: RtmsValues): readonly Media[] => {
  if (values.media.includes('all')) return MEDIA;
  const named = values.media.filter((one): one is Media => one !== 'all');
  if (named.length > 0) return MEDIA.filter((media) => named.includes(media));
  if (values.save !== undefined) return ['audio', 'transcript', 'chat'];
  return isPiped(values) ? ['audio'] : ['transcript', 'chat'];
};

const isPiped = ({ audioTo, exec }: RtmsValues): boolean => audioTo !== undefined || exec !== undefined;

/** Zoom's mix is enough where nobody needs a track of each participant. */
const tracksOf = (values: RtmsValues): 'each' | 'mixed' => {
  if (values.tracks === 'mixed') return 'mixed';
  const onlyMix = values.save === undefined && values.exec === undefined && values.audioTo !== undefined;
  return onlyMix && values.track === 'mixed' ? 'mixed' : 'each';
};

/** What is asked of Zoom, from the flags. */
export const wishesOf = (values: RtmsValues): Wishes => {
  const formats: MediaFormats = {
    audio: {
      codec: values.audioCodec,
      rate: values.audioRate,
      channels: 1,
      tracks: tracksOf(values),
      packetMs: values.packet ?? (isPiped(values) ? LIVE_PACKET_MS : PACKET_MS),
    },
    ...pictureFormats(values),
    transcript: { language: values.language, fixed: values.fixedLanguage },
  };
  return {
    media: mediaOf(values),
    takesAll: values.media.includes('all'),
    formats,
    buffered: !values.noBuffered,
    videoOf: values.videoOf,
    closes: values.onExit === 'close',
  };
};

/** What is wrong with these flags together. */
export const mediaComplaints = (values: RtmsValues): readonly string[] => {
  const complaints: string[] = [];
  if (values.videoOf !== undefined && !values.media.some((one) => one === 'video' || one === 'all')) {
    complaints.push('--video-of: expected video in --media.');
  }
  const pictures = values.media.filter((one) => one === 'video' || one === 'share');
  const hasPlace = values.save !== undefined || (isPiped(values) && pictures.length === 0);
  const flowing = [...pictures, ...values.media.filter((one) => one === 'audio')];
  if (flowing.length > 0 && !hasPlace) {
    complaints.push(
      `--media ${flowing.join(',')}: expected --save <dir> beside it (audio also: --audio-to, --exec), there is nowhere to put it.`,
    );
  }
  if (values.audioTo === '-' && (values.output !== undefined || values.json)) {
    complaints.push('--audio-to -: expected no -o beside it, stdout is the audio.');
  }
  const named = values.media.filter((one) => one !== 'all');
  if (isPiped(values) && named.length > 0 && !named.includes('audio') && !values.media.includes('all')) {
    complaints.push('--audio-to and --exec: expected audio in --media.');
  }
  return [...complaints, ...pictureComplaints(values)];
};
