import { type Flags, text, valueFlag } from '../../config/flag.ts';

/** What signs, besides the settings of the event socket. */
export const KEY_FLAGS = {
  sdkKey: valueFlag({
    spelling: '--sdk-key <key>',
    env: 'ZOOM_SDK_KEY',
    help: 'SDK key, for sessions of the Video SDK',
    parse: text,
  }),
  sdkSecretFile: valueFlag({
    spelling: '--sdk-secret-file <path>',
    help: 'file that holds the SDK secret; or ZOOM_SDK_SECRET in the environment',
    parse: text,
  }),
  sdkSecret: valueFlag({
    spelling: '--sdk-secret <secret>',
    env: 'ZOOM_SDK_SECRET',
    help: 'SDK secret',
    secret: true,
    hidden: true,
    parse: text,
  }),
  ca: valueFlag({
    spelling: '--ca <pem>',
    env: 'ZM_RTMS_CA',
    help: 'file with a certificate authority to trust besides the usual ones',
    parse: text,
  }),
} satisfies Flags;
