import { Complaint, type Flags, listFlag, text } from './flag.ts';
import { placeholderLikeness } from './placeholder.ts';

/** A secret as Zoom shows it: no quotes around it, no white space, no word that stands for it in a template. */
export const secretText = (value: string): string => {
  if (/^(["'`]).*\1$/.test(value)) throw new Complaint('expected the value without the quotes around it');
  if (/\s/.test(value)) throw new Complaint('expected no white space in it');
  if (placeholderLikeness(value) === 'certain')
    throw new Complaint('expected the secret, this is a placeholder for it');
  return value;
};

/** The secret tokens with which Zoom signs webhooks. */
export const WEBHOOK_SECRET_FLAGS = {
  webhookSecret: listFlag({
    spelling: '--webhook-secret <secret>',
    env: 'ZOOM_WEBHOOK_SECRET_TOKEN',
    help: "secret token of the app's event subscription; repeatable, any may match; better given by environment or file",
    commas: false,
    secret: true,
    parse: text,
  }),
  webhookSecretFile: listFlag({
    spelling: '--webhook-secret-file <path>',
    env: 'ZOOM_WEBHOOK_SECRET_TOKEN_FILE',
    help: 'file with secret tokens, one a line; "-" reads stdin; repeatable',
    commas: false,
    parse: text,
  }),
} satisfies Flags;

/** The secret with which forwarded events are signed. */
export const FORWARD_SECRET_FLAGS = {
  forwardSecret: listFlag({
    spelling: '--forward-secret <secret>',
    env: 'ZOOM_FORWARD_SECRET',
    help: 'sign forwarded events with this secret; default: the first webhook secret',
    commas: false,
    secret: true,
    parse: text,
  }),
  forwardSecretFile: listFlag({
    spelling: '--forward-secret-file <path>',
    help: 'file that holds that secret; "-" reads stdin',
    commas: false,
    parse: text,
  }),
} satisfies Flags;
