import type { Sentence } from './sentences.ts';

export const CAPTION_KINDS = ['vtt', 'srt', 'txt'] as const;
export type CaptionKind = (typeof CAPTION_KINDS)[number];

/** How a caption file begins, and what each cue looks like. `index` counts from 0. */
type CaptionFormat = { readonly head: string; cue(sentence: Sentence, index: number): string };

/** Line breaks would end a cue, and control characters have no place in a text file. */
const plain = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const escaped = (text: string): string =>
  plain(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const two = (number: number): string => String(number).padStart(2, '0');

/** `hh:mm:ss`; hours grow beyond two digits where they must. */
const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};
const precise = (ms: number, point: string): string =>
  `${clock(ms)}${point}${String(Math.floor(ms) % 1000).padStart(3, '0')}`;

export const CAPTION_FORMATS: Readonly<Record<CaptionKind, CaptionFormat>> = {
  vtt: {
    head: 'WEBVTT\n\n',
    cue: ({ from, to, speaker, text }) => {
      const voice = speaker === '' ? '' : `<v ${escaped(speaker)}>`;
      return `${precise(from, '.')} --> ${precise(to, '.')}\n${voice}${escaped(text)}\n\n`;
    },
  },
  srt: {
    head: '',
    cue: ({ from, to, speaker, text }, index) => {
      const name = speaker === '' ? '' : `${plain(speaker)}: `;
      return `${index + 1}\n${precise(from, ',')} --> ${precise(to, ',')}\n${name}${plain(text).replace(/-->/g, '->')}\n\n`;
    },
  },
  txt: {
    head: '',
    cue: ({ from, speaker, text }) => `[${clock(from)}] ${speaker === '' ? '' : `${plain(speaker)}: `}${plain(text)}\n`,
  },
};

/** A whole caption file. */
export const captionText = (kind: CaptionKind, sentences: readonly Sentence[]): string => {
  const { head, cue } = CAPTION_FORMATS[kind];
  return head + sentences.map(cue).join('');
};
