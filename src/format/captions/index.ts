import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import type { Format } from '../format.ts';
import { clockTime } from '../pretty/clock.ts';
import { type Caption, captionOf } from './caption.ts';
import { wrap } from './wrap.ts';

export type CaptionOptions = {
  readonly color: boolean;
  /** The width of the terminal, asked for each line; 0 where nothing is to be wrapped. */
  readonly columns: () => number;
  readonly utc: boolean;
};

/** Colours of speakers that can be read on a dark and on a light background. */
const SPEAKER_COLORS = ['36', '35', '32', '34', '33', '31'] as const;

/**
 * Live captions: time, speaker in a colour of their own, text, wrapped to the terminal; what else happens is one faint line
 * each. The stream is named once there are several. No control character of a payload gets through.
 */
export const createCaptions = ({ color, columns, utc }: CaptionOptions): Format => {
  const colors = new Map<string, string>();
  const streams = new Map<string, string>();
  const paint = (code: string, text: string): string => (color ? `\u001B[${code}m${text}\u001B[0m` : text);
  const colorOf = (speaker: string): string => {
    const known = colors.get(speaker);
    if (known !== undefined) return known;
    const next = SPEAKER_COLORS[colors.size % SPEAKER_COLORS.length] ?? '36';
    colors.set(speaker, next);
    return next;
  };
  const lineOf = (caption: Caption): string => {
    const { streamId, speaker, speakerId, isRevised, text, at } = caption;
    if (streamId !== undefined && !streams.has(streamId)) streams.set(streamId, `[${sanitize(streamId).slice(0, 8)}] `);
    const stream = streams.size > 1 && streamId !== undefined ? (streams.get(streamId) ?? '') : '';
    const mark = isRevised ? '~ ' : '';
    const name = speaker === undefined ? '' : `${sanitize(speaker)}: `;
    const head = `${clockTime(at, utc)} ${stream}${mark}`;
    const used = widthOf(head) + widthOf(name);
    const body = wrap(sanitize(text), columns(), used, widthOf(head));
    const shownName = name === '' ? '' : paint(colorOf(speakerId ?? name), name);
    return `${paint('2', head)}${shownName}${speaker === undefined ? paint('2', body) : body}`;
  };
  return {
    event: ({ raw, receivedAt }) => lineOf(captionOf(raw, receivedAt)),
    lifecycle: ({ raw, receivedAt }) => lineOf(captionOf(raw, receivedAt)),
    control: ({ frame }) => sanitize(frame),
  };
};
