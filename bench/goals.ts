/** A bound of a figure: it is to be at least, or at most, this. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number };

export type Goal = {
  readonly figure: string;
  readonly unit: '' | 'ms' | 'MB' | 'events';
  readonly must?: Bound;
  readonly wanted?: Bound;
  /** Judged by the worst round, not by the median. */
  readonly isAbsolute?: boolean;
};

/** What zoom-ws holds itself to. Ratios are taken inside each round, against a program that ran in the same round. */
export const GOALS = {
  allOverTuned: {
    figure: 'throughput, all events ÷ tuned ws',
    unit: '',
    must: { atLeast: 0.6 },
    wanted: { atLeast: 1 },
  },
  allOverJq: { figure: 'throughput, all events ÷ sample + jq', unit: '', must: { atLeast: 5 } },
  meetingsOverTuned: {
    figure: "throughput, --event 'meeting.*' ÷ tuned ws",
    unit: '',
    must: { atLeast: 0.8 },
    wanted: { atLeast: 1.2 },
  },
  meetingsOverJq: { figure: "throughput, --event 'meeting.*' ÷ sample + jq", unit: '', wanted: { atLeast: 10 } },
  cpuOverTuned: { figure: 'CPU per event ÷ tuned ws', unit: '', must: { atMost: 1.7 }, wanted: { atMost: 1 } },
  slowRss: { figure: 'peak memory, reader at 1 MB/s', unit: 'MB', must: { atMost: 120 }, wanted: { atMost: 65 } },
  slowGrowth: { figure: 'growth of memory meanwhile', unit: 'MB', must: { atMost: 10 } },
  versionOverEmpty: {
    figure: '--version over an empty Node',
    unit: 'ms',
    must: { atMost: 20 },
    wanted: { atMost: 5 },
  },
  firstEventOverEmpty: {
    figure: 'spawn to first event, with token request, over an empty Node',
    unit: 'ms',
    must: { atMost: 60 },
    wanted: { atMost: 20 },
  },
  firstRunOverEmpty: { figure: 'the same, the first run on a machine', unit: 'ms' },
  p99Slow: { figure: 'p99 send to stdout, 1,000/s', unit: 'ms', must: { atMost: 2 }, wanted: { atMost: 0.35 } },
  p99Fast: { figure: 'p99 send to stdout, 10,000/s', unit: 'ms', must: { atMost: 2 }, wanted: { atMost: 0.35 } },
  jqOverReplay: {
    figure: 'replay filter: time of jq ÷ ours',
    unit: '',
    must: { atLeast: 10 },
    wanted: { atLeast: 28 },
  },
  replayOverGrep: { figure: 'replay filter: our time ÷ time of grep', unit: '', wanted: { atMost: 1.2 } },
  faults: {
    figure: 'events lost, repeated, out of order, invalid, altered',
    unit: 'events',
    must: { atMost: 0 },
    isAbsolute: true,
  },
} as const satisfies Readonly<Record<string, Goal>>;

export type GoalName = keyof typeof GOALS;

export const isHeld = (value: number, bound: Bound): boolean =>
  'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;

export const boundText = (bound: Bound | undefined): string => {
  if (bound === undefined) return '';
  return 'atLeast' in bound ? `≥ ${bound.atLeast}` : `≤ ${bound.atMost}`;
};
