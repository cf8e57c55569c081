import { MARKETPLACE } from '../zoom/marketplace.ts';
import { placeholderLikeness } from './placeholder.ts';
import type { Written, WrittenName } from './written.ts';

/** What is wrong with a value that was written down; never quotes it, because it may be a secret. */
export type WrongValue = {
  readonly severity: 'fail' | 'warn';
  /** Whether no real value can look like this: no command goes on with it. Without it, it is doctor's to judge. */
  readonly isCertain?: boolean;
  /** The place of the one value that is meant; undefined where two are wrong together. */
  readonly place?: string;
  /** `the client id (ZOOM_CLIENT_ID in .env) is still a placeholder` */
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
      isCertain: likeness === 'certain',
      text: `the ${what} (${origin.place}) ${likeness === 'certain' ? 'is still' : 'looks like'} a placeholder`,
      hint: found ? `Copy the real value from ${found}.` : `Put the real ${what} there.`,
    };
  },
  ({ what, text, origin }) =>
    /^["'`\u2018-\u201F]|["'`\u2018-\u201F]$/.test(text.trim())
      ? {
          severity: 'fail',
          isCertain: true,
          text: `the ${what} (${origin.place}) has a quote at its beginning or end`,
          hint: `Remove the quotes around the value of ${origin.place}.`,
        }
      : undefined,
  ({ what, text, origin }) =>
    /^\s|\s$/.test(text)
      ? {
          severity: 'fail',
          isCertain: true,
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
          isCertain: true,
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

/** Whether a complaint of a value's parser and a rule are about the same value: one of them is enough. */
export const isAbout = (complaint: string, { severity, place }: WrongValue): boolean =>
  severity === 'fail' && (complaint.startsWith(`${place} `) || complaint.startsWith(`${place}:`));

/** What looks wrong with the values, one by one. Pure. */
export const wrongValues = (written: readonly Written[]): readonly WrongValue[] =>
  written.flatMap((one) => {
    // A word out of a list: its parser says what the list is.
    if (one.what === 'grant') return [];
    for (const rule of RULES) {
      const wrong = rule(one);
      if (wrong) return [{ ...wrong, place: one.origin.place }];
    }
    return [];
  });

/** Zoom's client ids have 22 characters and its secrets 32, as far as seen: a hint, no proof. */
const CLIENT_ID = /^\w{20,24}$/;
const CLIENT_SECRET = /^\w{32}$/;

/** What looks wrong with client id and client secret beside each other. Pure. */
export const swappedValues = (written: readonly Written[]): readonly WrongValue[] => {
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
