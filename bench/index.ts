// Measures zoom-ws beside its peers, interleaved in one run, and prints what it holds itself to. See README.md.
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import process from 'node:process';
import { startServer } from './connect-server.ts';
import { createFigures } from './figures.ts';
import { measureCeiling } from './measure/ceiling.ts';
import { withRecording } from './measure/replay.ts';
import { warmUp } from './measure/start-up.ts';
import { broken, report } from './report.ts';
import { latencyRound, replayRound, slowReaderRound, startUpRound, throughputRound } from './rounds.ts';

const isQuick = process.argv.includes('--quick');
const option = (name: string): string | undefined =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
/** `--only replay` measures one thing while it is worked on: start-up, throughput, latency, slow-reader, replay. */
const only = option('--only');
const wants = (part: string): boolean => only === undefined || only === part;

const usual = isQuick
  ? { rounds: 1, spawns: 4, count: 250_000, seconds: 4, slowSeconds: 6, slow: ['zoom-ws'], lines: 400_000 }
  : {
      rounds: 5,
      spawns: 5,
      count: 1_000_000,
      seconds: 5,
      slowSeconds: 30,
      slow: ['zoom-ws', 'tuned ws', 'sample', 'wscat'],
      lines: 1_000_000,
    };

const size = { ...usual, rounds: Number(option('--rounds') ?? usual.rounds) };

const isInstalled = (tool: string): boolean => {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const tools = ['zoom-ws', ...['jq', 'grep'].filter(isInstalled)];
const figures = createFigures();
const server = await startServer();
const ceiling = await measureCeiling(server, 300);
await warmUp(server);

for (let round = 0; round < size.rounds; round += 1) {
  say(`round ${round + 1} of ${size.rounds}`);
  for (let spawn = 0; wants('start-up') && spawn < size.spawns; spawn += 1) await startUpRound(server, figures);
  if (wants('throughput')) {
    await throughputRound(server, figures, { count: size.count, round, hasJq: tools.includes('jq') });
  }
  if (wants('latency')) await latencyRound(server, figures, size.seconds);
}
if (wants('slow-reader')) {
  say('slow readers');
  await slowReaderRound(server, figures, { names: size.slow, count: 1_000_000, seconds: size.slowSeconds });
}
if (wants('replay')) {
  say('a recording');
  await withRecording(size.lines, async (file) => {
    for (let round = 0; round < size.rounds; round += 1) {
      await replayRound(figures, { file, count: size.lines, tools });
    }
  });
}
server.stop();

const [cpu] = os.cpus();
process.stdout.write(`${report(figures)}

Node ${process.version}, ${os.cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${os.platform()}, loopback; medians of ${size.rounds} rounds.
The server alone sends ${Math.round(ceiling).toLocaleString('en')} events/s to a client that looks at nothing: it is not what limits.
`);
for (const tool of ['jq', 'grep'].filter((name) => !tools.includes(name)))
  say(`${tool} is not installed: its rows are empty`);
for (const figure of broken(figures)) say(`not held: ${figure}`);
// One round is too few to judge by.
process.exitCode = isQuick || broken(figures).length === 0 ? 0 : 1;
