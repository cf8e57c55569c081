import { type Finding, pass, warn } from '../../doctor/index.ts';
import type { SyncConfig } from '../../sync/index.ts';

/** The scopes that each enabled kind needs [Zoom's documentation of each call]; without `:admin`, for a user's own. */
const NEEDED: Readonly<Record<keyof SyncConfig['sync'], readonly string[]>> = {
  participants: [
    'meeting:read:past_meeting',
    'meeting:read:list_past_instances',
    'meeting:read:list_past_participants',
    'meeting:read:list_registrants',
  ],
  webinars: [
    'webinar:read:webinar',
    'webinar:read:list_past_instances',
    'webinar:read:list_past_participants',
    'webinar:read:list_registrants',
    'webinar:read:list_absentees',
    'webinar:read:list_tracking_sources',
  ],
  recordings: ['cloud_recording:read:list_recording_files'],
};

/** Which scopes of the enabled kinds a token lacks. `granted` is the token's own list, where Zoom gave one. */
export const scopesFinding = (granted: string | undefined, { sync }: Pick<SyncConfig, 'sync'>): Finding => {
  if (granted === undefined || granted.trim() === '') return pass('Zoom did not say which scopes the token has');
  const has = new Set(granted.split(/\s+/));
  const kinds = (Object.keys(NEEDED) as (keyof typeof NEEDED)[]).filter((kind) => sync[kind]);
  const missing = kinds.flatMap((kind) =>
    NEEDED[kind].filter((scope) => !has.has(scope) && !has.has(`${scope}:admin`)),
  );
  if (missing.length === 0) return pass(`the scopes for ${kinds.join(', ')} are there`);
  return warn(
    `the token lacks ${missing.map((scope) => `${scope}:admin`).join(', ')}`,
    'Add them in the Zoom Marketplace (Scopes) and activate the app again, or switch the kinds off under connectors.zoom.sync.',
  );
};
