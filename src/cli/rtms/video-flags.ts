import { Complaint, choice, type Flags, text, type Values, valueFlag } from '../../config/flag.ts';
import type { MediaFormats } from '../../rtms/index.ts';

const fpsOf = (value: string): number => {
  const fps = Number(value);
  if (!/^\d+$/.test(value) || fps < 1 || fps > 30) throw new Complaint('expected 1 to 30');
  return fps;
};

export const VIDEO_FLAGS = {
  videoCodec: valueFlag({
    spelling: '--video-codec <h264|jpg|png>',
    help: 'how cameras are sent',
    parse: choice('h264', 'jpg', 'png'),
    default: 'h264',
  }),
  shareCodec: valueFlag({
    spelling: '--share-codec <h264|jpg|png>',
    help: 'how a shared screen is sent',
    parse: choice('h264', 'jpg', 'png'),
    default: 'jpg',
  }),
  fps: valueFlag({
    spelling: '--fps <n>',
    help: 'pictures a second of cameras: up to 5 as jpg or png, 6 to 30 as h264',
    parse: fpsOf,
    shownDefault: '25; 5 as jpg or png',
  }),
  shareFps: valueFlag({
    spelling: '--share-fps <n>',
    help: 'pictures a second of a shared screen: 1 as jpg or png, 2 to 30 as h264',
    parse: fpsOf,
    shownDefault: '1; 5 as h264',
  }),
  resolution: valueFlag({
    spelling: '--resolution <sd|hd|fhd|qhd>',
    help: 'size of the pictures',
    parse: choice('sd', 'hd', 'fhd', 'qhd'),
    shownDefault: 'hd, of a shared screen fhd',
  }),
  videoOf: valueFlag({
    spelling: '--video-of <user id or name>',
    help: 'the camera of this participant instead of the active speaker',
    parse: text,
  }),
  mux: valueFlag({
    spelling: '--mux <mkv|mp4|none>',
    help: 'video with its sound, or the bare H.264 and its times; mkv is safer: a crash costs mp4 what came since the last key frame',
    parse: choice('mkv', 'mp4', 'none'),
    default: 'mkv',
  }),
} satisfies Flags;
export type VideoValues = Values<typeof VIDEO_FLAGS>;

/** The most pictures a second that Zoom sends as JPG or PNG [Zoom's media parameter definition]. */
const MOST_AS_PICTURES = { video: 5, share: 1 } as const;

/** What is asked for of cameras and screens. */
export const pictureFormats = (values: VideoValues): Pick<MediaFormats, 'video' | 'share'> => ({
  video: {
    codec: values.videoCodec,
    fps: values.fps ?? (values.videoCodec === 'h264' ? 25 : MOST_AS_PICTURES.video),
    resolution: values.resolution ?? 'hd',
    individual: values.videoOf !== undefined,
  },
  share: {
    codec: values.shareCodec,
    fps: values.shareFps ?? (values.shareCodec === 'h264' ? 5 : MOST_AS_PICTURES.share),
    resolution: values.resolution ?? 'fhd',
    individual: false,
  },
});

/** Pictures a second that Zoom does not document for a codec. */
export const pictureComplaints = (values: VideoValues): readonly string[] => {
  const { video, share } = pictureFormats(values);
  const check = (flag: string, { codec, fps }: { codec: string; fps: number }, most: number): string[] => {
    if (codec === 'h264') return fps > most ? [] : [`${flag} ${fps}: expected more than ${most} as h264.`];
    return fps <= most ? [] : [`${flag} ${fps}: expected ${most} at most as ${codec}.`];
  };
  return [...check('--fps', video, MOST_AS_PICTURES.video), ...check('--share-fps', share, MOST_AS_PICTURES.share)];
};
