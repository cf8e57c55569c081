import { CONNECTION_FLAGS } from '../../config/connection-flags.ts';
import { type Flags, toggle, type Values } from '../../config/flag.ts';

const { accessToken: _livesAnHour, ...LASTING } = CONNECTION_FLAGS;

/** The settings that are worth writing down: all but a token. */
export const SETTINGS_FLAGS = LASTING;

export const INIT_FLAGS = {
  here: toggle({ spelling: '--here', help: 'write .env in the working directory instead' }),
  yes: toggle({
    spelling: '--yes',
    help: 'test the connection without asking: a consumer that is connected now is displaced',
  }),
  force: toggle({
    spelling: '--force',
    help: 'write the file though one is there already, and though a check has failed',
  }),
} satisfies Flags;
export type InitValues = Values<typeof INIT_FLAGS>;
