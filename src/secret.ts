import { inspect } from 'node:util';

const SHOWN = '[secret]';

/** A value that prints as "[secret]" however it is printed. Only the code that sends it calls `reveal`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one place that puts it on the wire. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}

/** Below this length a value is as likely to be a word of the text as the secret; masking it would shred messages. */
const SHORTEST_MASKED = 4;
/** Words of our own messages that people type to try things out: they are no secret, and masking them would shred the text. */
const PLAIN_WORDS: ReadonlySet<string> = new Set(['secret', 'wrong', 'token', 'client', 'test', 'invalid', 'zoom']);

/** How many passing secrets (tokens, replaced hourly) are remembered: enough that no text can still speak of an older one. */
const PASSING_REMEMBERED = 8;

/** Knows every secret of a run, so that text from elsewhere (an answer that echoes the token) can be cleaned. */
export type SecretKeeper = {
  /** Wraps a value and remembers it for `mask`; a `passing` one only until newer ones have taken its place. */
  keep(value: string, life?: 'run' | 'passing'): Secret;
  /** The text with every known secret, also in other case, hex, base64, URL- or JSON-encoded, replaced by "[secret]". */
  mask(text: string): string;
};

export const createSecretKeeper = (): SecretKeeper => {
  const lasting = new Set<string>();
  const passing: string[] = [];
  let needles: string[] = [];
  return {
    keep(value, life = 'run') {
      if (life === 'run') lasting.add(value);
      else if (!passing.includes(value)) passing.push(value);
      if (passing.length > PASSING_REMEMBERED) passing.shift();
      const forms = new Set([...lasting, ...passing].flatMap(encodedForms));
      // The longest first, so that a secret inside a longer one does not leave the rest standing.
      needles = [...new Set([...forms].map(inLowerCase))]
        .filter((form) => form.length >= SHORTEST_MASKED && !PLAIN_WORDS.has(form))
        .sort((a, b) => b.length - a.length);
      return new Secret(value);
    },
    mask: (text) => {
      let masked = text;
      let lower = inLowerCase(text);
      for (const needle of needles) {
        if (!lower.includes(needle)) continue;
        masked = piecesAround(masked, lower, needle).join(SHOWN);
        lower = inLowerCase(masked);
      }
      return masked;
    },
  };
};

/** What is left of `text` around each place where `needle` stands in `lower`, which is the same text in lower case. */
const piecesAround = (text: string, lower: string, needle: string): string[] => {
  let at = 0;
  return lower.split(needle).map((piece) => {
    const start = at;
    at += piece.length + needle.length;
    return text.slice(start, start + piece.length);
  });
};

/** Of the same length always: a few letters become two when all of Unicode is considered. */
const inLowerCase = (text: string): string => {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
};

const encodedForms = (value: string): string[] => [
  value,
  encodeURIComponent(value),
  new URLSearchParams({ '': value }).toString().slice(1),
  jsonForm(value),
  // An event's JSON is itself a string inside the frame.
  jsonForm(jsonForm(value)),
  Buffer.from(value).toString('base64'),
  Buffer.from(value).toString('base64url'),
  Buffer.from(value).toString('hex'),
  // As others write the same: lower-case percent signs, base64 without its padding, a page of HTML.
  encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  value.replace(/[&<>"']/g, (sign) => HTML[sign] ?? sign),
];

const jsonForm = (value: string): string => JSON.stringify(value).slice(1, -1);

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
