import type { Script, Sentence } from './script.ts';

/** Sound of a stream, a function of time alone: the same samples whenever and in whatever pieces they are asked for. */
export type Voices = {
  /** Samples from -32768 to 32767 of one speaker, or of all. Undefined where a speaker is silent throughout. */
  samples(speaker: number | 'mix', fromMs: number, toMs: number, rate: number): Int16Array | undefined;
};

/** A recording that is heard instead: mono. */
export type Sound = { readonly rate: number; readonly samples: Int16Array };

/** Two resonances of the mouth for each vowel, in Hz [after Peterson and Barney, 1952]. */
const FORMANTS: Readonly<Record<string, readonly [number, number]>> = {
  a: [730, 1090],
  e: [530, 1840],
  i: [270, 2290],
  o: [570, 840],
  u: [300, 870],
};
const BANDWIDTH_HZ = 180;
const HARMONICS = 14;
const TABLE = 256;
const LOUDNESS = 9000;
/** Of the first voice; each further one is higher, then it begins again. */
const LOWEST_HZ = 105;
const VOICE_STEP = 1.27;
const KINDS_OF_VOICES = 5;
/** A breath between words, as letters. */
const PAUSE_LETTERS = 0.6;

type Syllable = { readonly from: number; readonly to: number; readonly wave: Float32Array };

export const createVoices = (
  { sentences, lengthMs }: Pick<Script, 'sentences' | 'lengthMs'>,
  sound?: Sound,
): Voices => {
  const waves = new Map<string, Float32Array>();
  const syllables = new Map<Sentence, readonly Syllable[]>();
  const waveOf = (speaker: number, vowel: string): Float32Array => {
    const name = `${speaker % KINDS_OF_VOICES}${vowel}`;
    const wave = waves.get(name) ?? oneWave(pitchOf(speaker), FORMANTS[vowel] ?? [500, 1500]);
    waves.set(name, wave);
    return wave;
  };
  const syllablesOf = (sentence: Sentence): readonly Syllable[] => {
    const known = syllables.get(sentence) ?? spell(sentence, (vowel) => waveOf(sentence.speaker, vowel));
    // Only what is being said is remembered.
    if (syllables.size > 8) syllables.clear();
    syllables.set(sentence, known);
    return known;
  };

  return {
    samples(speaker, fromMs, toMs, rate) {
      const spoken = between(sentences, fromMs, toMs).filter((one) => speaker === 'mix' || one.speaker === speaker);
      if (spoken.length === 0 && speaker !== 'mix') return undefined;
      const first = Math.round((fromMs * rate) / 1000);
      const samples = new Int16Array(Math.round((Math.min(toMs, lengthMs) * rate) / 1000) - first);
      for (const sentence of spoken) {
        if (sound) playBack(samples, first, rate, sentence, sound);
        else for (const syllable of syllablesOf(sentence)) sing(samples, first, rate, sentence, syllable);
      }
      return samples;
    },
  };
};

const pitchOf = (speaker: number): number => LOWEST_HZ * VOICE_STEP ** (speaker % KINDS_OF_VOICES);

/** Sentences do not overlap and are in order. */
const between = (sentences: readonly Sentence[], fromMs: number, toMs: number): readonly Sentence[] => {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sentences[middle]?.to ?? 0) <= fromMs) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((sentences[end]?.from ?? Number.POSITIVE_INFINITY) < toMs) end += 1;
  return sentences.slice(low, end);
};

/** One period of a voice: harmonics, the stronger the nearer they are to a resonance. */
const oneWave = (pitch: number, formants: readonly number[]): Float32Array => {
  const wave = new Float32Array(TABLE);
  for (let harmonic = 1; harmonic <= HARMONICS; harmonic += 1) {
    const near = formants.map((formant) => Math.exp(-(((harmonic * pitch - formant) / BANDWIDTH_HZ) ** 2) / 2));
    const strength = (0.1 + Math.max(...near)) / Math.sqrt(harmonic);
    for (let place = 0; place < TABLE; place += 1) {
      wave[place] = (wave[place] ?? 0) + strength * Math.sin((2 * Math.PI * harmonic * place) / TABLE);
    }
  }
  const peak = wave.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return wave.map((value) => value / peak);
};

/** The syllables of a sentence: its groups of vowels, each as long as its letters are many. */
const spell = ({ text, from, to }: Sentence, waveOf: (vowel: string) => Float32Array): readonly Syllable[] => {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const pieces = plain.match(/[^aeiou\s]*[aeiouy]+[^aeiou\s]*|\s+|[^aeiou\s]+/g) ?? [];
  const total = pieces.reduce((sum, piece) => sum + lettersOf(piece), 0);
  const syllables: Syllable[] = [];
  let at = from;
  for (const piece of pieces) {
    const end = at + ((to - from) * lettersOf(piece)) / total;
    const vowel = /[aeiou]/.exec(piece)?.[0] ?? (piece.trim() === '' ? undefined : 'e');
    if (vowel !== undefined) syllables.push({ from: at, to: end, wave: waveOf(vowel) });
    at = end;
  }
  return syllables;
};

const lettersOf = (piece: string): number => (piece.trim() === '' ? PAUSE_LETTERS : piece.length);

const sing = (into: Int16Array, first: number, rate: number, { from, to, speaker }: Sentence, one: Syllable): void => {
  const start = Math.max(first, Math.ceil((one.from * rate) / 1000));
  const end = Math.min(first + into.length, Math.floor((one.to * rate) / 1000));
  const pitch = pitchOf(speaker);
  for (let index = start; index < end; index += 1) {
    const ms = (index * 1000) / rate;
    const seconds = (ms - from) / 1000;
    // The voice falls by a tenth from the beginning of a sentence to its end.
    const turns = pitch * seconds * (1 - (0.05 * (ms - from)) / (to - from));
    const loud = Math.sin((Math.PI * (ms - one.from)) / (one.to - one.from));
    const place = Math.floor((turns % 1) * TABLE) & (TABLE - 1);
    into[index - first] = Math.round(LOUDNESS * loud * (one.wave[place] ?? 0));
  }
};

/** The recording goes on round and round; it is heard while somebody speaks. */
const playBack = (into: Int16Array, first: number, rate: number, { from, to }: Sentence, sound: Sound): void => {
  const start = Math.max(first, Math.ceil((from * rate) / 1000));
  const end = Math.min(first + into.length, Math.floor((to * rate) / 1000));
  const { samples, rate: own } = sound;
  for (let index = start; index < end; index += 1) {
    const place = (index * own) / rate;
    const before = samples[Math.floor(place) % samples.length] ?? 0;
    const after = samples[(Math.floor(place) + 1) % samples.length] ?? 0;
    into[index - first] = Math.round(before + (after - before) * (place % 1));
  }
};
