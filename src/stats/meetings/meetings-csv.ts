import type { Meetings } from './meetings.ts';
import { isoOf, secondsOf } from './meetings-json.ts';
import { isComplete, stayMs } from './stays.ts';

const HEADER = 'meeting_id,uuid,topic,host,participant,email,joined,left,seconds,complete';

/**
 * A row per stay, in the order of coming; quoted as RFC 4180 has it, lines end in a line feed. What is not known is
 * empty. `host` is the host's name where the host was there, else the host's id. `seconds` of someone who is still there
 * lasts until the end of the recording.
 */
export const meetingsCsv = ({ meetings, until }: Meetings): string => {
  const rows = meetings.flatMap(({ meetingId, uuid, topic, host, stays, ended }) =>
    stays.map((stay) => [
      meetingId,
      uuid,
      topic,
      host.name || host.id,
      stay.participant.name || stay.participant.phone,
      stay.participant.email,
      isoOf(stay.joined) ?? '',
      isoOf(stay.left) ?? '',
      String(secondsOf(stayMs(stay, ended ?? until)) ?? ''),
      String(isComplete(stay)),
    ]),
  );
  return [HEADER, ...rows.map((row) => row.map(cell).join(','))].map((line) => `${line}\n`).join('');
};

const cell = (text: string): string => {
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * What a spreadsheet would run: a topic or a name can be `=HYPERLINK(…)`. Such a text gets an apostrophe in front, which
 * spreadsheets take for "this is text" (OWASP, "CSV Injection"). Phone numbers and the uuids that begin with `+` can do no
 * harm and stay as they are, so that they can be looked up.
 */
const isFormula = (text: string): boolean =>
  /^[=+\-@\t\r]/.test(text) && !/^[+-][\d ().-]*$/.test(text) && !/^\+[\w+/]{20,}=*$/.test(text);
