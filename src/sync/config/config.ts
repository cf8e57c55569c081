import type { EventWord, File, Status } from './schema.ts';
import { DEFAULT_MAPPING, type Mapping } from './sources.ts';

/** What is synced, and how: the file's settings with their defaults. */
export type SyncConfig = {
  readonly enabled: boolean;
  readonly sync: { readonly participants: boolean; readonly webinars: boolean; readonly recordings: boolean };
  /** Numbers of Brevo's lists; undefined: nobody is put in one. */
  readonly lists: {
    readonly meetingParticipants: number | undefined;
    readonly webinarAttendees: number | undefined;
    readonly webinarRegistrants: number | undefined;
  };
  readonly events: ReadonlySet<EventWord>;
  readonly names: 'fill' | 'overwrite' | 'never';
  readonly contacts: 'create' | 'existing';
  /** IANA name, `UTC`, or `meeting` for the zone of each. */
  readonly timezone: string;
  readonly exclude: {
    readonly domains: readonly string[];
    readonly internal: boolean;
    readonly host: boolean;
    readonly panelists: boolean;
  };
  readonly consent: { readonly question: string; readonly yes: readonly string[] } | undefined;
  readonly doubleOptIn: { readonly templateId: number; readonly redirectUrl: string } | undefined;
  readonly recording: { readonly to: readonly Status[]; readonly passcode: boolean };
  readonly mapping: readonly Mapping[];
  /** How much is said on stderr: 1 as -v, 2 as -vv. */
  readonly verbose: number;
};

/** The file's settings, with their defaults. */
export const configOf = (file: File, mapping: readonly Mapping[]): SyncConfig => {
  const { zoom } = file.connectors ?? {};
  const { brevo } = file;
  return {
    enabled: zoom?.enabled ?? true,
    sync: {
      participants: zoom?.sync?.participants ?? true,
      webinars: zoom?.sync?.webinars ?? true,
      recordings: zoom?.sync?.recordings ?? true,
    },
    lists: {
      meetingParticipants: zoom?.lists?.meeting_participants,
      webinarAttendees: zoom?.lists?.webinar_attendees,
      webinarRegistrants: zoom?.lists?.webinar_registrants,
    },
    events: new Set(brevo?.events ?? ['attended', 'missed', 'registered', 'recording']),
    names: brevo?.names ?? 'fill',
    contacts: brevo?.contacts ?? 'create',
    timezone: brevo?.timezone ?? 'UTC',
    exclude: {
      domains: (brevo?.exclude?.domains ?? []).map((domain) => domain.trim().toLowerCase().replace(/^@/, '')),
      internal: brevo?.exclude?.internal ?? false,
      host: brevo?.exclude?.host ?? false,
      panelists: brevo?.exclude?.panelists ?? false,
    },
    consent: brevo?.consent,
    doubleOptIn: brevo?.double_opt_in && {
      templateId: brevo.double_opt_in.template_id,
      redirectUrl: brevo.double_opt_in.redirect_url,
    },
    recording: { to: brevo?.recording?.to ?? ['attended'], passcode: brevo?.recording?.passcode ?? false },
    mapping,
    verbose: zoom?.log_level === 'verbose' ? 2 : zoom?.debug === true ? 1 : 0,
  };
};

export const DEFAULT_CONFIG: SyncConfig = configOf({}, DEFAULT_MAPPING);
