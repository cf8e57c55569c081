import type { BenchServer } from './connect-server.ts';
import { type Contestant, contestants } from './contestants.ts';
import { type Figures, ratio } from './figures.ts';
import type { Faults } from './inspect-lines.ts';
import { measureLatency } from './measure/latency.ts';
import { filterTools, measureFilter } from './measure/replay.ts';
import { measureSlowReader } from './measure/slow-reader.ts';
import { measureStartUp } from './measure/start-up.ts';
import { measureThroughput, type Throughput } from './measure/throughput.ts';

export const MB = 1_000_000;
/** What is piped to jq gets this share of the events. */
const SLOW_SHARE = 0.1;

const TUNED = 'tuned ws';
const OURS = 'zoom-ws';

/** Spawns of each kind in one round. */
export const startUpRound = async (server: BenchServer, figures: Figures): Promise<void> => {
  const { emptyMs, versionMs, firstEventMs, firstRunMs } = await measureStartUp(server);
  figures.add('versionOverEmpty', versionMs - emptyMs);
  figures.add('firstEventOverEmpty', firstEventMs - emptyMs);
  figures.add('firstRunOverEmpty', firstRunMs - emptyMs);
};

/** Every client once; the order moves on with each round. */
export const throughputRound = async (
  server: BenchServer,
  figures: Figures,
  { count, round, hasJq }: { readonly count: number; readonly round: number; readonly hasJq: boolean },
): Promise<void> => {
  const all = contestants(server.port, hasJq);
  const results = new Map<string, Throughput>();
  for (let index = 0; index < all.length; index += 1) {
    const contestant = all[(index + round) % all.length] as Contestant;
    const share = contestant.isSlow ? SLOW_SHARE : 1;
    results.set(contestant.name, await measureThroughput(server, contestant, Math.round(count * share)));
  }
  const tuned = results.get(TUNED);
  for (const { name } of all) {
    const result = results.get(name);
    figures.note(name, 'events/s', result?.perSecond);
    figures.note(name, '÷ tuned ws', ratio(result?.perSecond, tuned?.perSecond));
    figures.note(name, 'CPU s / 10⁶', result?.cpuSeconds);
    figures.note(name, 'peak MB', ratio(result?.peakRss, MB));
  }
  const ours = results.get(OURS);
  const meetings = results.get("zoom-ws --event 'meeting.*'");
  figures.add('allOverTuned', ratio(ours?.perSecond, tuned?.perSecond));
  figures.add('allOverJq', ratio(ours?.perSecond, results.get('sample | jq')?.perSecond));
  figures.add('meetingsOverTuned', ratio(meetings?.perSecond, tuned?.perSecond));
  figures.add('meetingsOverJq', ratio(meetings?.perSecond, results.get('sample | jq meeting.*')?.perSecond));
  figures.add('cpuOverTuned', ratio(ours?.cpuSeconds, tuned?.cpuSeconds));
  for (const result of [ours, meetings]) if (result) figures.add('faults', faultCount(result.faults));
};

const faultCount = (faults: Faults): number => Object.values(faults).reduce((sum, count) => sum + count, 0);

/** The clients that have a figure for it, at both rates. */
export const latencyRound = async (server: BenchServer, figures: Figures, seconds: number): Promise<void> => {
  for (const contestant of named(server, [OURS, TUNED, 'sample'])) {
    const slow = await measureLatency(server, contestant, 1_000, seconds);
    const fast = await measureLatency(server, contestant, 10_000, seconds);
    figures.note(contestant.name, 'p99 ms 1k', slow.p99Ms);
    figures.note(contestant.name, 'p99 ms 10k', fast.p99Ms);
    if (contestant.name !== OURS) continue;
    figures.add('p99Slow', slow.p99Ms);
    figures.add('p99Fast', fast.p99Ms);
  }
};

export const slowReaderRound = async (
  server: BenchServer,
  figures: Figures,
  { names, count, seconds }: { readonly names: readonly string[]; readonly count: number; readonly seconds: number },
): Promise<void> => {
  for (const contestant of named(server, names)) {
    const { peakRss, growth } = await measureSlowReader(server, contestant, count, seconds);
    figures.note(contestant.name, 'peak MB slow', ratio(peakRss, MB));
    if (contestant.name !== OURS) continue;
    figures.add('slowRss', ratio(peakRss, MB));
    figures.add('slowGrowth', ratio(growth, MB));
  }
};

export const replayRound = async (
  figures: Figures,
  { file, count, tools }: { readonly file: string; readonly count: number; readonly tools: readonly string[] },
): Promise<void> => {
  const seconds: Partial<Record<string, number>> = {};
  for (const [name, stage] of Object.entries(filterTools(file))) {
    if (!tools.includes(name)) continue;
    const result = await measureFilter(stage, count);
    // Without the command there is no output, and nothing to compare.
    if (result.faults.lost > 0) continue;
    seconds[name] = result.seconds;
    figures.note(`${name}, on a recording`, 'events/s', count / result.seconds);
    if (name === OURS) figures.add('faults', faultCount(result.faults));
  }
  figures.add('jqOverReplay', ratio(seconds.jq, seconds[OURS]));
  figures.add('replayOverGrep', ratio(seconds[OURS], seconds.grep));
};

const named = (server: BenchServer, names: readonly string[]): readonly Contestant[] =>
  contestants(server.port, false).filter(({ name }) => names.includes(name));
