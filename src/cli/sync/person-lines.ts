import type { Host } from '../../host.ts';
import { type StreamSink, streamSink } from '../../outlet/stream.ts';
import type { PersonLine } from '../../sync/index.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { SyncValues } from './flags.ts';

/** A line per person and session on stdout: JSON for a program, a table for a person. */
export type PersonLines = {
  readonly sink: StreamSink;
  write(line: PersonLine): Promise<void>;
};

export const createPersonLines = (host: Pick<Host, 'stdout'>, values: SyncValues): PersonLines => {
  const sink = streamSink(host.stdout, 'stdout');
  const kind = values.json ? 'ndjson' : (values.output ?? (host.stdout.isTTY === true ? 'pretty' : 'ndjson'));
  let isFirst = true;
  return {
    sink,
    async write(line) {
      const heading = isFirst && kind === 'pretty' ? `${row(HEADING)}\n` : '';
      isFirst = false;
      await sink.write(`${heading}${kind === 'ndjson' ? JSON.stringify(line) : row(cellsOf(line))}\n`);
    },
  };
};

const WIDTHS = [9, 28, 10, 8, 10] as const;
const HEADING = ['ACTION', 'CONTACT', 'STATUS', 'MINUTES', 'LISTS', 'EVENT, ATTRIBUTES'];

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0))
    .join('  ')
    .trimEnd();

const cellsOf = (line: PersonLine): readonly string[] => {
  const minutes = line.duration_minutes === null ? '' : line.duration_minutes.toFixed(1);
  const rest = [line.event, line.attributes.join(' '), line.reason === null ? '' : `(${line.reason})`];
  return [
    line.action,
    sanitize(line.contact),
    line.status,
    minutes,
    line.lists.join(',') || '-',
    sanitize(rest.filter(Boolean).join('  ')) || '-',
  ];
};
