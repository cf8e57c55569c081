import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import type { StreamEvent } from '../stream/event-text.ts';

export const EVENTS_FILE = 'events.ndjson';

/** The events of an earlier run; a line that a crash has cut is taken off the file. */
export const readEventLines = (folder: string): readonly StreamEvent[] => {
  const path = join(folder, EVENTS_FILE);
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) writeWhole(path, whole);
  return whole.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as StreamEvent];
    } catch {
      return [];
    }
  });
};

/** Lines that wait for the next flush. */
export const createEventLines = (folder: string) => {
  let waiting = '';
  return {
    add(event: StreamEvent) {
      waiting += `${JSON.stringify(event)}\n`;
    },
    flush() {
      if (waiting === '') return;
      appendFileSync(join(folder, EVENTS_FILE), waiting, { mode: 0o600 });
      waiting = '';
    },
  };
};
