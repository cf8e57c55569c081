import * as v from 'valibot';

/** The events that can be sent to Brevo, by the word that the file names them with. */
export const EVENT_WORDS = ['attended', 'missed', 'registered', 'recording', 'started', 'joined', 'ended'] as const;
export type EventWord = (typeof EVENT_WORDS)[number];

export const STATUSES = ['registered', 'cancelled', 'absent', 'attended'] as const;
export type Status = (typeof STATUSES)[number];

const flag = v.optional(
  v.union(
    [
      v.boolean(),
      v.pipe(
        v.picklist(['true', 'false']),
        v.transform((word) => word === 'true'),
      ),
    ],
    'true or false',
  ),
);
const text = v.optional(v.string('a text'));
const number = v.union(
  [v.pipe(v.number(), v.integer(), v.minValue(1)), v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number))],
  'a whole number, 1 or more',
);
const id = v.optional(number);
const words = <const Word extends string>(allowed: readonly Word[]) => {
  const expected = `a list of ${allowed.join(', ')}`;
  return v.optional(v.array(v.picklist(allowed, `one of ${allowed.join(', ')}`), expected));
};
const oneOf = <const Word extends string>(...allowed: readonly Word[]) =>
  v.optional(v.picklist(allowed, `one of ${allowed.join(', ')}`));
const texts = v.array(v.string('a text'), 'a list of texts');
const isGroup = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
/** An object, and no list: valibot takes both. */
const filled = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isGroup, 'a group of settings'),
    v.object(entries, 'a group of settings'),
  );
const group = <const Entries extends v.ObjectEntries>(entries: Entries) => v.optional(filled(entries));

const isZone = (zone: string): boolean => {
  if (zone === 'meeting') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const isWebUrl = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

export const MAPPING = v.optional(
  v.record(v.string(), v.nullable(v.string('the name of an attribute, or null')), 'a group of settings'),
);

/** The whole file: the names are those that existing connectors use. */
export const FILE = filled({
  connectors: group({
    zoom: group({
      enabled: flag,
      account_id: text,
      client_id: text,
      client_secret: text,
      sync: group({ participants: flag, webinars: flag, recordings: flag }),
      webhook: group({ secret_token: text, verification_token: text }),
      lists: group({ meeting_participants: id, webinar_attendees: id, webinar_registrants: id }),
      debug: flag,
      log_level: v.optional(v.string('a text')),
      log_webhooks: flag,
      field_mapping: MAPPING,
    }),
  }),
  brevo: group({
    api_key: text,
    events: words(EVENT_WORDS),
    names: oneOf('fill', 'overwrite', 'never'),
    contacts: oneOf('create', 'existing'),
    timezone: v.optional(
      v.pipe(v.string('a time zone'), v.check(isZone, 'UTC, a time zone such as Europe/Berlin, or meeting')),
    ),
    exclude: group({ domains: v.optional(texts), internal: flag, host: flag, panelists: flag }),
    consent: group({
      question: v.pipe(v.string('a text'), v.minLength(1, 'a text')),
      yes: v.pipe(texts, v.minLength(1, 'at least one answer')),
    }),
    double_opt_in: group({
      template_id: number,
      redirect_url: v.pipe(v.string('a URL'), v.check(isWebUrl, 'a URL such as https://example.com/ok')),
    }),
    recording: group({ to: words(STATUSES), passcode: flag }),
  }),
  field_mapping: MAPPING,
});
export type File = v.InferOutput<typeof FILE>;
