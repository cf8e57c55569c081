import { type Flags, toggle, type Values } from '../config/flag.ts';
import { readFlags } from '../config/read-flags.ts';
import { EXIT_OK, SIGNAL_EXIT_CODES } from '../exit-codes.ts';
import { useColor } from '../format/use-color.ts';
import type { Host } from '../host.ts';
import type { Notify } from '../notice/notice.ts';
import { openInputs, readRecordings } from '../recording/index.ts';
import { streamSink } from '../sink/stream.ts';
import type { Arrival } from '../source/arrival.ts';
import {
  createMeetings,
  createSummary,
  meetingsCsv,
  meetingsJson,
  type PageStyle,
  renderMeetings,
  renderSummary,
  summaryJson,
  tellsOfAttendance,
  usesUnicode,
} from '../stats/index.ts';
import type { Command, General } from './command.ts';
import { FILTER_FLAGS, FILTER_NOTES, filterWarnings, keepOf, wantedTypes } from './filter-flags.ts';
import { listenForStop } from './interrupt.ts';
import { refuse } from './settings.ts';

const PAGE_FLAGS = {
  meetings: toggle({ spelling: '--meetings', help: 'rebuild meetings and who was in them from when to when' }),
  csv: toggle({ spelling: '--csv', help: 'with --meetings: a row per stay' }),
  json: toggle({ spelling: '--json', help: 'print one JSON object' }),
  utc: toggle({ spelling: '--utc', help: 'the times of the page in UTC' }),
} satisfies Flags;

const STATS_FLAGS = { ...FILTER_FLAGS, ...PAGE_FLAGS };
type StatsValues = Values<typeof STATS_FLAGS>;

/** Where there is no terminal to ask. */
const PAGE_COLUMNS = 80;

export const command: Command = {
  words: '<file...>',
  flags: [
    { title: 'Which events:', flags: FILTER_FLAGS },
    { title: 'How they are shown:', flags: PAGE_FLAGS },
  ],
  examples: [
    ['zoom-ws stats today.ndjson.gz', 'what happened, at a glance'],
    ['zoom-ws stats --meetings today.ndjson', 'who was in which meeting'],
    ['zoom-ws stats --meetings --csv --meeting 81234567890 today.ndjson', 'attendance of one meeting'],
    ['zoom-ws stats --event recording *.ndjson', 'of several recordings, one kind of event'],
    ["zoom-ws stats --json today.ndjson | jq '.gaps'", 'a number for a script'],
  ],
  notes: `${FILTER_NOTES}

Lag is the time between Zoom's event_ts and the receipt; percentiles are by nearest rank, exact up to 65,536 distinct
values and within 0.1 % beyond. "-" reads stdin.`,
  async run(host, { typed, words, general, notify }) {
    const { values, complaints } = readFlags(STATS_FLAGS, typed);
    refuse([...complaints, ...contradictions(values)]);
    for (const text of await filterWarnings(values)) notify({ kind: 'warning', text });
    return runStats(host, { words, general, notify }, values);
  },
};

type Parts = { readonly words: readonly string[]; readonly general: General; readonly notify: Notify };

const contradictions = ({ csv, json, meetings }: StatsValues): readonly string[] => [
  ...(csv && !meetings ? ['--csv: expected --meetings beside it.'] : []),
  ...(csv && json ? ['--csv and --json: expected one of them.'] : []),
];

const runStats = async (host: Host, { words, general, notify }: Parts, values: StatsValues): Promise<number> => {
  const interrupt = listenForStop(host);
  const inputs = await openInputs(words, { cwd: host.cwd, stdin: () => host.stdin });
  try {
    const answer = answerFor(values, pageStyle(host, general, values));
    const keep = keepOf(values);
    const counts = { events: 0, damaged: 0 };
    const damage = damageNotices(notify);
    const batches = readRecordings(inputs, { wants: answer.wants, onDamage: damage.add, counts });
    for await (const batch of untilAborted(batches, interrupt.signal)) {
      for (const arrival of batch) {
        if (arrival.kind !== 'event' || keep.keeps(arrival)) answer.add(arrival);
      }
    }
    damage.finish();
    const sink = streamSink(host.stdout, 'stdout');
    await sink.write(await answer.text(counts));
    await sink.close();
  } finally {
    interrupt.release();
    // A read of stdin that nobody waits for any more would keep the process alive.
    if (interrupt.signal.aborted && words.includes('-')) host.stdin.destroy();
    await Promise.all(inputs.map((input) => input.close()));
  }
  const by = interrupt.by();
  return by === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[by];
};

/** What is gathered from the events, and what is printed of it in the end. */
type Answer = {
  readonly wants: ((type: string) => boolean) | undefined;
  add(arrival: Arrival): void;
  text(counts: { readonly events: number; readonly damaged: number }): Promise<string>;
};

const answerFor = (values: StatsValues, style: PageStyle): Answer => {
  const wanted = wantedTypes(values);
  if (!values.meetings) {
    const summary = createSummary();
    return {
      wants: wanted,
      add: summary.add,
      text: async ({ events, damaged }) => {
        const result = summary.finish({ total: events, malformedLines: damaged });
        return values.json ? `${summaryJson(result)}\n` : renderSummary(result, style);
      },
    };
  }
  const meetings = createMeetings();
  return {
    wants: (type) => tellsOfAttendance(type) && (wanted === undefined || wanted(type)),
    add: meetings.add,
    text: async () => {
      const result = meetings.finish();
      if (values.csv) return meetingsCsv(result);
      return values.json ? `${meetingsJson(result)}\n` : renderMeetings(result, style);
    },
  };
};

const pageStyle = (host: Host, { color }: General, { utc }: StatsValues): PageStyle => ({
  color: useColor(color, host.env, host.stdout.isTTY === true),
  columns: host.stdout.columns ?? PAGE_COLUMNS,
  unicode: usesUnicode(host.env),
  utc,
});

/** The batches until the first Ctrl-C: what was read until then is summed up all the same. */
async function* untilAborted(
  batches: AsyncIterable<readonly Arrival[]>,
  signal: AbortSignal,
): AsyncGenerator<readonly Arrival[]> {
  const pulled = batches[Symbol.asyncIterator]();
  const aborted = new Promise<{ done: true; value: undefined }>((resolve) => {
    signal.addEventListener('abort', () => resolve({ done: true, value: undefined }));
  });
  while (!signal.aborted) {
    const { done, value } = await Promise.race([pulled.next(), aborted]);
    if (done) return;
    yield value;
  }
}

/** Beyond these, unreadable lines are counted only. */
const DAMAGE_SHOWN = 10;

const damageNotices = (notify: Notify) => {
  let told = 0;
  return {
    add({ name, line, why }: { readonly name: string; readonly line: number | undefined; readonly why: string }) {
      told += 1;
      if (told <= DAMAGE_SHOWN)
        notify({ kind: 'warning', text: `${name}${line === undefined ? '' : `:${line}`}: ${why}` });
    },
    finish() {
      if (told > DAMAGE_SHOWN) notify({ kind: 'warning', text: `and ${told - DAMAGE_SHOWN} more of the kind` });
    },
  };
};
