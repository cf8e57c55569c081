import { MEDIA, type Media, type MediaFormats, type Wishes } from '../../rtms/index.ts';
import type { RtmsValues } from './flags.ts';

/** What is asked of Zoom, from the flags. */
export const wishesOf = (values: RtmsValues): Wishes => {
  const takesAll = values.media.includes('all');
  const named = values.media.filter((one): one is Media => one !== 'all');
  const wanted: readonly Media[] = takesAll ? MEDIA : named.length > 0 ? named : ['transcript', 'chat'];
  const formats: MediaFormats = {
    audio: { codec: 'l16', rate: 16_000, channels: 1, tracks: 'each', packetMs: 100 },
    video: { codec: 'h264', fps: 25, resolution: 'hd', individual: false },
    share: { codec: 'jpg', fps: 1, resolution: 'fhd', individual: false },
    transcript: { language: values.language, fixed: values.fixedLanguage },
  };
  return {
    media: MEDIA.filter((media) => wanted.includes(media)),
    takesAll,
    formats,
    buffered: !values.noBuffered,
    videoOf: undefined,
    closes: values.onExit === 'close',
  };
};
