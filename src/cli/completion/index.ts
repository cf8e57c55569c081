import { ZoomWsError } from '../../errors.ts';
import { EXIT_OK } from '../../exit-codes.ts';
import { streamSink } from '../../outlet/stream.ts';
import type { Command } from '../command.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { knownNames } from './known-names.ts';
import { powershellScript } from './powershell.ts';
import { type ProgramSpec, specOf } from './spec.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS: Readonly<Record<string, (spec: ProgramSpec) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** `zoom-ws completion <shell>`: a script made of the program's own lists, so that none of them can be out of date. */
export const command: Command = {
  words: `[${Object.keys(SCRIPTS).join('|')}]`,
  flags: [],
  examples: [
    ['source <(zoom-ws completion bash)', 'bash: in ~/.bashrc'],
    ['source <(zoom-ws completion zsh)', 'zsh: in ~/.zshrc, after compinit'],
    ['zoom-ws completion fish | source', 'fish: in ~/.config/fish/config.fish'],
    ['zoom-ws completion powershell | Out-String | Invoke-Expression', 'PowerShell: in $PROFILE'],
  ],
  notes: `Completes commands, flags and their values, event types, names of faults and of
doctor's checks, and files. The script runs nothing when you press Tab.`,
  async run(host, { words: [shell = '', ...more], commands }) {
    const script = Object.hasOwn(SCRIPTS, shell) && more.length === 0 ? SCRIPTS[shell] : undefined;
    if (!script) {
      throw new ZoomWsError('usage', `Expected the name of one shell: ${Object.keys(SCRIPTS).join(', ')}.`, {
        hint: 'Such as: source <(zoom-ws completion bash)',
      });
    }
    const sink = streamSink(host.stdout, 'stdout');
    await sink.write(script(await specOf(commands, knownNames())));
    await sink.close();
    return EXIT_OK;
  },
};
