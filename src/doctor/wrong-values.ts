import { placeholderLikeness } from '../config/placeholder.ts';
import { MARKETPLACE } from '../zoom/marketplace.ts';
import type { Written, WrittenName } from './setup.ts';

/** What is wrong with a value that was written down; never quotes it, because it may be a secret. */
export type WrongValue = {
  readonly severity: 'fail' | 'warn';
  readonly text: string;
  readonly hint: string;
};

/** Where each value is found. */
const FOUND_AT: Readonly<Partial<Record<WrittenName, string>>> = {
  'account id': `${MARKETPLACE}, App Credentials, Account ID`,
  'client id': `${MARKETPLACE}, App Credentials, Client ID`,
  'client secret': `${MARKETPLACE}, App Credentials, Client Secret`,
  'subscription id': `${MARKETPLACE}, Feature, Event Subscriptions, the endpoint URL (subscriptionId=...)`,
  'socket URL': `${MARKETPLACE}, Feature, Event Subscriptions, the endpoint URL`,
};

type Rule = (written: Written) => WrongValue | undefined;

/** What may be wrong with one value, the most telling first: one complaint for a value is enough. */
const RULES: readonly Rule[] = [
  ({ what, text, origin }) => {
    const likeness = placeholderLikeness(text);
    if (likeness === 'none') return undefined;
    const found = FOUND_AT[what];
    return {
      severity: likeness === 'certain' ? 'fail' : 'warn',
      text: `the ${what} (${origin.place}) ${likeness === 'certain' ? 'is still' : 'looks like'} a placeholder`,
      hint: found ? `Copy the real value from ${found}.` : `Put the real ${what} there.`,
    };
  },
  ({ what, text, origin }) =>
    /^["'`\u2018-\u201F]|["'`\u2018-\u201F]$/.test(text.trim())
      ? {
          severity: 'fail',
          text: `the ${what} (${origin.place}) has a quote at its beginning or end`,
          hint: `Remove the quotes around the value of ${origin.place}.`,
        }
      : undefined,
  ({ what, text, origin }) =>
    /^\s|\s$/.test(text)
      ? {
          severity: 'fail',
          text: `the ${what} (${origin.place}) begins or ends with white space`,
          hint: `Remove the spaces around the value of ${origin.place}.`,
        }
      : undefined,
  ({ what, text, origin }) =>
    (isId(what) || what === 'access token') && /[,;]$|^(bearer|basic)\s/i.test(text)
      ? {
          severity: 'fail',
          text: `the ${what} (${origin.place}) has something around it (a comma, or "Bearer")`,
          hint: `Leave the bare value in ${origin.place}.`,
        }
      : undefined,
  ({ what, text, origin }) =>
    !isUrl(what) && what !== 'client secret file' && /\s/.test(text)
      ? {
          severity: 'fail',
          text: `the ${what} (${origin.place}) has white space in it`,
          hint: `Copy the ${what} again in one piece${FOUND_AT[what] ? ` from ${FOUND_AT[what]}` : ''}.`,
        }
      : undefined,
  ({ what, text, origin }) =>
    isId(what) && text.includes('://')
      ? {
          severity: 'fail',
          text: `the ${what} (${origin.place}) is a URL`,
          hint: `Put the endpoint URL into ZOOM_SUBSCRIPTION_ID, where it is understood, and copy the ${what} from ${FOUND_AT[what]}.`,
        }
      : undefined,
  ({ what, text, origin }) =>
    /^(export\s+)?ZOOM_\w+=/.test(text)
      ? {
          severity: 'fail',
          text: `the ${what} (${origin.place}) holds the name of the variable too`,
          hint: `Leave only what stands after the "=" in ${origin.place}.`,
        }
      : undefined,
  ({ what, text, origin }) =>
    what === 'account id' && /^\d{8,12}$/.test(text)
      ? {
          severity: 'warn',
          text: `the account id (${origin.place}) looks like an account number`,
          hint: `The account id has letters too: ${FOUND_AT['account id']}.`,
        }
      : undefined,
];

const isId = (what: WrittenName): boolean => what === 'account id' || what === 'client id' || what === 'client secret';
const isUrl = (what: WrittenName): boolean => what.endsWith('URL');

/** What looks wrong with the values, one by one and together. Pure. */
export const wrongValues = (written: readonly Written[]): readonly WrongValue[] => [
  ...written.flatMap((one) => {
    // A word out of a list: its parser says what the list is.
    if (one.what === 'grant') return [];
    for (const rule of RULES) {
      const wrong = rule(one);
      if (wrong) return [wrong];
    }
    return [];
  }),
  ...swapped(written),
];

/** Zoom's client ids have 22 characters and its secrets 32, as far as seen: a hint, no proof. */
const CLIENT_ID = /^\w{20,24}$/;
const CLIENT_SECRET = /^\w{32}$/;

const swapped = (written: readonly Written[]): readonly WrongValue[] => {
  const id = written.find(({ what }) => what === 'client id');
  const secret = written.find(({ what }) => what === 'client secret');
  if (!id || !secret) return [];
  const hint = `Compare both with ${MARKETPLACE}, App Credentials.`;
  if (id.text === secret.text) {
    const text = `client id (${id.origin.place}) and client secret (${secret.origin.place}) are the same: one stands in the other's place`;
    return [{ severity: 'fail', text, hint }];
  }
  if (CLIENT_SECRET.test(id.text) && CLIENT_ID.test(secret.text)) {
    const text = `client id (${id.origin.place}) and client secret (${secret.origin.place}) look swapped, by their lengths`;
    return [{ severity: 'warn', text, hint: `${hint} If they are swapped, swap them back.` }];
  }
  return [];
};
