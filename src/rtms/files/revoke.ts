import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import type { Earlier } from './folder.ts';
import { REVOKED_FILE } from './folder.ts';

/** Ids that say which stream it was; nothing that anybody said or is called. */
const KEPT = [
  ...['rtms_stream_id', 'product', 'meeting_uuid', 'webinar_uuid', 'session_id', 'engagement_id', 'call_id'],
  ...['meeting_number', 'started_at'],
];

/** Deletes everything in a stream's folder and leaves `revoked.json`: ids and times, no content. */
export const revokeFolder = (folder: string, facts: Earlier, at: number): void => {
  const kept = Object.fromEntries(KEPT.flatMap((key) => (facts[key] === undefined ? [] : [[key, facts[key]]])));
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  writeWhole(
    join(folder, REVOKED_FILE),
    `${JSON.stringify({ ...kept, revoked_at: new Date(at).toISOString() }, null, 2)}\n`,
  );
};
