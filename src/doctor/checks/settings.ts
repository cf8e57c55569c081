import type { Written } from '../../config/written.ts';
import { isAbout, swappedValues } from '../../config/wrong-values.ts';
import { MARKETPLACE } from '../../zoom/marketplace.ts';
import { type Check, fail, pass, skip, warn } from '../check.ts';
import type { Setup } from '../setup.ts';

export const settings: Check = {
  id: 'setup.settings',
  section: 0,
  title: 'settings are present and well-formed',
  needs: [],
  limitMs: 5_000,
  run({ setup, webhook }) {
    if (webhook?.problem !== undefined) {
      return fail(webhook.problem, 'The secret token is in the Marketplace under Feature, Event Subscriptions.');
    }
    if (webhook !== undefined && setup.written.length === 0) {
      return skip('no setting of the event socket is given, and a webhook needs none');
    }
    const wrong = [...setup.wrong, ...swappedValues(setup.written)];
    const failures = wrong.filter(({ severity }) => severity === 'fail');
    const sources = sourcesOf(setup);
    // What a rule has explained better is not said twice.
    const complaints = setup.complaints.filter((complaint) => !failures.some((wrong) => isAbout(complaint, wrong)));
    if (failures.length > 0 || !setup.connection) {
      const lines = [...failures.map(({ text }) => `${text}`), ...complaints];
      const hints = new Set([
        ...failures.map(({ hint }) => hint),
        ...complaints.flatMap(hintFor),
        ...lookAlikes(setup),
      ]);
      return { ...fail([...lines, ...sources].join('\n'), [...hints].join(' ')), seen: lines.join(' ') };
    }
    const warnings = [...setup.warnings, ...wrong.map(({ text }) => text)];
    if (warnings.length === 0) return pass([...sources, ...remarks(setup)].join('\n'));
    const hints = wrong.map(({ hint }) => hint);
    return warn(
      [...warnings, ...sources, ...remarks(setup)].join('\n'),
      [...hints, ...setup.warnings.map(hintForWarning)].join(' '),
    );
  },
};

/** Where each value came from: `from the environment: client id, client secret`. */
const sourcesOf = ({ written, layers }: Setup): readonly string[] => {
  const byPlace = new Map<string, Set<string>>();
  for (const { what, origin } of written) {
    const layer = origin.rank === 0 ? undefined : layers[origin.rank - 1];
    const place = layer?.name ?? 'the command line';
    byPlace.set(place, (byPlace.get(place) ?? new Set()).add(what));
  }
  return [...byPlace].map(([place, names]) => `from ${place}: ${[...names].join(', ')}`);
};

/** What is no fault but explains much: a value that hides another one, a URL where an id would do. */
const remarks = ({ written, layers }: Setup): readonly string[] => {
  const hidden = layers.flatMap((below, index) =>
    Object.entries(below.values).flatMap(([name, value]) => {
      if (!name.startsWith('ZOOM_') || !value || !written.some(comesFrom(name))) return [];
      const above = layers.slice(0, index).find(({ values }) => values[name]);
      return above && above.values[name] !== value
        ? [`${name} in ${above.name} hides another value in ${below.name}`]
        : [];
    }),
  );
  const pasted = written.filter(({ what, text }) => what === 'subscription id' && text.includes('://'));
  return [
    ...hidden,
    ...pasted.map(({ origin }) => `the endpoint URL in ${origin.place} was taken for its subscription id`),
  ];
};

const comesFrom =
  (name: string) =>
  ({ origin }: Written): boolean =>
    origin.place.startsWith(`${name} in `);

const hintFor = (complaint: string): string[] => {
  if (/subscription id .*is missing/.test(complaint)) {
    return [
      `The subscription id is in the endpoint URL: ${MARKETPLACE}, Feature, Event Subscriptions, method WebSocket.`,
    ];
  }
  if (/is missing/.test(complaint)) {
    return [
      `Account id, client id and client secret are at ${MARKETPLACE}, App Credentials: put them into .env or the environment, or run "zoom-ws init".`,
    ];
  }
  return ['Correct what is named above.'];
};

const hintForWarning = (warning: string): string =>
  warning.startsWith('the credentials come from different places')
    ? 'See that account id, client id and secret belong to the same app; best keep them together in one .env file.'
    : 'Put secrets into .env (mode 600), the environment or --client-secret-file.';

/** Variables with nearly the right name, which nothing reads. */
const lookAlikes = ({ layers }: Setup): readonly string[] =>
  layers.flatMap(({ name: place, values }) =>
    Object.keys(values).flatMap((name) => {
      const meant = NAMES.find((known) => known !== name && plain(known) === plain(name));
      return meant ? [`"${name}" in ${place} is not read: its name must be ${meant}.`] : [];
    }),
  );

const NAMES = ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET', 'ZOOM_SUBSCRIPTION_ID', 'ZOOM_ACCESS_TOKEN'];

const plain = (name: string): string => {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, '');
  return letters.startsWith('ZOOM') ? letters : `ZOOM${letters}`;
};
