import { expect, test } from 'vitest';
import { readConfig } from '../../../src/sync/config/read-config.ts';

const read = (text: string, env: Readonly<Record<string, string>> = {}) =>
  readConfig(text, 'sync.yaml', (name) => env[name]);
const complaintsIn = (text: string, env?: Readonly<Record<string, string>>) => read(text, env).complaints;

test('an empty file has the defaults', () => {
  const { config, complaints } = read('');
  expect(complaints).toEqual([]);
  expect(config).toMatchObject({
    enabled: true,
    names: 'fill',
    contacts: 'create',
    timezone: 'UTC',
    doubleOptIn: undefined,
  });
  expect([...(config?.events ?? [])]).toEqual(['attended', 'missed', 'registered', 'recording']);
  expect(config?.mapping.map(({ attribute }) => attribute)).toContain('UTM_SOURCE');
});

test('names are replaced, also in the middle of a text, with defaults and in escaped form', () => {
  const text = `connectors: { zoom: { account_id: "\${A}", client_id: "x\${B:-b}y", client_secret: "$\${C}" } }`;
  expect(read(text, { A: 'account' }).credentials).toEqual({
    ZOOM_ACCOUNT_ID: 'account',
    ZOOM_CLIENT_ID: 'xby',
    ZOOM_CLIENT_SECRET: `\${C}`,
  });
});

test('a list can be numbered by the environment', () => {
  expect(
    read(`connectors: { zoom: { lists: { meeting_participants: "\${LIST}" } } }`, { LIST: '12' }).config?.lists,
  ).toEqual({
    meetingParticipants: 12,
  });
});

test('an unset name is told with its place, except below webhook', () => {
  const text = `connectors:\n  zoom:\n    client_id: "\${NOPE}"\n    webhook: { secret_token: "\${NOPE_EITHER}" }\n`;
  expect(complaintsIn(text)).toEqual([
    `sync.yaml:3:16: NOPE is not set: set it in the environment, or write \${NOPE:-default}.`,
  ]);
});

test('everything that is wrong is told at once, each with line and column', () => {
  const text = `connectors:
  zoom:
    enabled: maybe
    acount_id: x
    lists: { meeting_participants: fifteen }
    sync: []
    client_id: a
    client_id: b
brevo:
  events: [attended, mised]
  names: sometimes
  timezone: Mars/Olympus
  consent: { yes: [] }
field_mapping:
  email: EMAIL
  nmae: FIRSTNAME
  join_time: lower_case
`;
  expect(complaintsIn(text)).toEqual([
    'sync.yaml:3:14: connectors.zoom.enabled: expected true or false.',
    'sync.yaml:4:5: unknown key "connectors.zoom.acount_id"; did you mean "account_id"?',
    'sync.yaml:5:36: connectors.zoom.lists.meeting_participants: expected a whole number, 1 or more.',
    'sync.yaml:6:11: connectors.zoom.sync: expected a group of settings.',
    'sync.yaml:8:5: this key stands here twice.',
    'sync.yaml:10:22: brevo.events.1: expected one of attended, missed, registered, recording, started, joined, ended.',
    'sync.yaml:11:10: brevo.names: expected one of fill, overwrite, never.',
    'sync.yaml:12:13: brevo.timezone: expected UTC, a time zone such as Europe/Berlin, or meeting.',
    'sync.yaml:13:3: brevo.consent.question is missing.',
    'sync.yaml:13:19: brevo.consent.yes: expected at least one answer.',
    'sync.yaml:15:10: "email" must map to "email".',
    'sync.yaml:16:3: "nmae" is no source of the mapping: did you mean "name"?',
    'sync.yaml:17:14: "lower_case" is no name of an attribute: expected upper case letters, digits and _.',
  ]);
});

test('a mapping that stands twice, and double opt-in without a list, are told', () => {
  const twice = `connectors: { zoom: { field_mapping: { email: email } } }\nfield_mapping: { email: email }\n`;
  expect(complaintsIn(twice)).toEqual([
    'sync.yaml:2:1: field_mapping stands here and under connectors.zoom: expected one of the two.',
  ]);
  const doi = 'brevo: { double_opt_in: { template_id: 2, redirect_url: "https://example.com" } }';
  expect(complaintsIn(doi)).toHaveLength(3);
  expect(complaintsIn(doi)[0]).toContain('lists.meeting_participants is missing');
});

test('a mapping replaces the default; null sends nothing; questions are sources', () => {
  const text = 'field_mapping: { email: email, name: null, "question: Your role?": ROLE, org: COMPANY }';
  expect(read(text).config?.mapping).toEqual([
    { source: 'question: Your role?', attribute: 'ROLE' },
    { source: 'org', attribute: 'COMPANY' },
  ]);
});

test.each(['a: [1', '\tx: 1', '- 1', '"text"', '{', '&a [*a]', '? {a: b}\n: c', '\u0000'])(
  'no text makes it throw: %j',
  (text) => {
    expect(complaintsIn(text).length).toBeGreaterThan(0);
  },
);

test('debug and log_level are -v and -vv', () => {
  expect(read('connectors: { zoom: { debug: true } }').config?.verbose).toBe(1);
  expect(read('connectors: { zoom: { log_level: verbose } }').config?.verbose).toBe(2);
});
