import { COMMANDS } from './cli/commands.ts';
import { GENERAL_FLAGS } from './cli/general-flags.ts';
import { parseCommandLine } from './cli/program.ts';
import { readFlags } from './config/read-flags.ts';
import { TOO_MANY_FILES, ZoomWsError } from './errors.ts';
import { EXIT_CODES, EXIT_OK } from './exit-codes.ts';
import type { Host } from './host.ts';
import { createNotify } from './notice/index.ts';
import { streamSink } from './outlet/stream.ts';
import { createSecretKeeper } from './secret.ts';
import { useColor } from './terminal/use-color.ts';
import { version } from './version.ts';

/** Runs one command line and resolves to the exit status. Never rejects: everything thrown below ends here. */
export const run = async (host: Host): Promise<number> => {
  const secrets = createSecretKeeper();
  let general = firstGuess(host.argv);
  const notify = () =>
    createNotify(
      host,
      { ...general, color: useColor(general.color, host.env, host.stderr.isTTY === true) },
      secrets.mask,
    );
  // A reader of stderr that went away is no reason to stop.
  host.stderr.on('error', () => {});
  try {
    const parsed = await parseCommandLine(host.argv, version);
    if (parsed.kind === 'print') return await print(host, parsed.text);
    const { values, complaints } = readFlags(GENERAL_FLAGS, parsed.typed);
    if (complaints.length > 0) throw new ZoomWsError('usage', complaints.join('\n'));
    general = {
      ...values,
      verbose: Number(parsed.typed.verbose ?? 0),
      utc: parsed.typed.utc === true,
    };
    const { typed, words } = parsed;
    return await parsed.command.run(host, { typed, words, general, notify: notify(), secrets, commands: COMMANDS });
  } catch (error) {
    const known = error instanceof ZoomWsError ? error : (tooManyFiles(error) ?? bug(error));
    notify()({ kind: 'failed', code: known.code, text: known.message, hint: known.hint });
    return EXIT_CODES[known.code];
  }
};

/** How to print an error when the command line could not be read: what it plainly says of stderr. */
const firstGuess = (argv: readonly string[]) => ({
  quiet: false,
  verbose: 0,
  logFormat: /(^| )--log-format[ =]json( |$)/.test(argv.join(' ')) ? ('json' as const) : ('text' as const),
  color: 'auto' as 'auto' | 'always' | 'never',
  utc: argv.includes('--utc'),
});

const print = async (host: Host, text: string): Promise<number> => {
  const sink = streamSink(host.stdout, 'stdout');
  await sink.write(text);
  await sink.close();
  return EXIT_OK;
};

/** A limit of the machine can be met anywhere, also where a file of the program itself is to be loaded. */
const tooManyFiles = (error: unknown): ZoomWsError | undefined =>
  error instanceof Error && 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE')
    ? new ZoomWsError('busy', `No more files can be opened: ${error.message}.`, { hint: TOO_MANY_FILES, cause: error })
    : undefined;

const bug = (error: unknown): ZoomWsError => {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ZoomWsError('internal', `This is a bug in zoom-ws ${version}.\n${trace}`, {
    hint: 'Please report it with the lines above; they hold no secret.',
    cause: error,
  });
};
