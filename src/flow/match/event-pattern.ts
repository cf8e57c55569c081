import { Complaint } from '../../config/flag.ts';
import { complaintAt } from './caret.ts';
import { unquoted } from './unquoted.ts';

/** One pattern of `--event`. */
export type EventPattern = {
  /** Without `!` and quotes. */
  readonly pattern: string;
  readonly excludes: boolean;
};

/** What one `--event` holds: patterns, separated by commas. */
export type EventPatterns = {
  /** As typed. */
  readonly text: string;
  readonly patterns: readonly EventPattern[];
  /** Whether quotes were taken off. */
  readonly wasQuoted: boolean;
};

/** Quotes, brackets and other signs of another pattern language; an event's name could hold anything else. */
const STRANGE = /[\s\p{Cc}'"‘’“”`[\](){}|^$\\<>=~!]/u;

/** `meeting.*,!meeting.participant_*` → its patterns. Throws a Complaint with a caret under what cannot be meant. */
export const parseEventPatterns = (text: string): EventPatterns => {
  // `'a','b'` is two patterns in quotes, not one.
  const body = /['"]/.test(unquoted(text)) ? text : unquoted(text);
  const patterns: EventPattern[] = [];
  let wasQuoted = body !== text;
  let start = text.indexOf(body);
  for (const piece of body.split(',')) {
    const trimmed = piece.trim();
    if (trimmed !== '') {
      const parsed = parseOne(trimmed, text, start + piece.indexOf(trimmed));
      patterns.push(parsed.pattern);
      wasQuoted ||= parsed.wasQuoted;
    }
    start += piece.length + 1;
  }
  if (patterns.length === 0) throw new Complaint("expected a pattern, such as meeting or 'recording.*'");
  return { text, patterns, wasQuoted };
};

const parseOne = (piece: string, text: string, start: number): { pattern: EventPattern; wasQuoted: boolean } => {
  const outer = unquoted(piece);
  const excludes = outer.startsWith('!');
  const inner = excludes ? outer.slice(1) : outer;
  const pattern = unquoted(inner);
  const wasQuoted = outer !== piece || pattern !== inner;
  const at = start + piece.lastIndexOf(pattern);
  if (pattern === '') throw complaintAt(text, at, 'expected a name or pattern after "!"');
  const strange = pattern.search(STRANGE);
  if (strange >= 0)
    throw complaintAt(text, at + strange, 'an event pattern has names, "*", "?" and a leading "!" only');
  return { pattern: { pattern, excludes }, wasQuoted };
};
