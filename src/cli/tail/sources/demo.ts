import { type Flags, toggle } from '../../../config/flag.ts';
import { readFlags } from '../../../config/read-flags.ts';
import { refuse } from '../../shared/settings.ts';
import type { SourceKind } from './kind.ts';
import { openWith, SOCKET_FLAGS } from './open-socket.ts';

export const DEMO_FLAGS = {
  demo: toggle({
    spelling: '--demo',
    help: 'tail made-up events of a simulator inside this process: no account, no network but loopback',
  }),
} satisfies Flags;

/** The event socket of a simulator inside this process, whatever the user's settings say. */
export const demo: SourceKind = {
  name: 'demo',
  // Help shows its one flag among those that say how a run goes.
  groups: [],
  isAskedFor: (_host, { typed }) => readFlags(DEMO_FLAGS, typed).values.demo,
  async prepare(host, { typed, secrets }, complaints) {
    const { values, complaints: malformed } = readFlags(SOCKET_FLAGS, typed);
    const from = typed.from === undefined ? [] : ['--from: has no meaning beside --demo.'];
    refuse([...complaints, ...malformed, ...from]);
    return {
      key: 'demo',
      async open(deps, wanted) {
        const { openDemo } = await import('./open-demo.ts');
        const { settings, close } = await openDemo(host, secrets);
        const source = await openWith(host, values, settings).open(deps, wanted);
        return { ...source, done: source.done.then(close) };
      },
    };
  },
};
