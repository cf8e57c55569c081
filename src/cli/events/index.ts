import { type EventType, loadCatalogue } from '../../catalogue/index.ts';
import { toggle } from '../../config/flag.ts';
import { readFlags } from '../../config/read-flags.ts';
import { EXIT_OK } from '../../exit-codes.ts';
import type { Host } from '../../host.ts';
import { streamSink } from '../../outlet/stream.ts';
import { createPalette } from '../../terminal/palette.ts';
import { useColor } from '../../terminal/use-color.ts';
import type { Command } from '../command.ts';
import { describeType, descriptionOf } from './describe-type.ts';
import { type Found, findTypes } from './find-types.ts';
import { listForPerson } from './list-types.ts';
import { nothingFound } from './nothing-found.ts';
import { OWN_TYPES } from './own-types.ts';

const FLAGS = {
  json: toggle({ spelling: '--json', help: 'a JSON array of types; of a single type, one object with a sample' }),
};

/** `zoom-ws events [pattern]`: lists, searches and describes the documented event types. */
export const command: Command = {
  flags: [{ title: 'Output:', flags: FLAGS }],
  words: '[pattern]',
  examples: [
    ['zoom-ws events', 'every known type'],
    ['zoom-ws events meeting', 'the meeting family'],
    ['zoom-ws events zoom_ws', 'what zoom-ws itself adds, and how it behaves'],
    ["zoom-ws events '*.started,!session.*'", 'by pattern, as for --event'],
    ['zoom-ws events join_url', 'by any part of a name, a product or a field'],
    ['zoom-ws events meeting.started', 'its fields, and a sample'],
    ['zoom-ws events meeting.started --json | jq .sample', 'the sample alone'],
  ],
  notes: `A name describes that type. Anything else lists the types it matches: as a
pattern (see tail --event), or else as text that a name, a product or a field
holds; of several words, each of them. In a pipe: one name per line. Zoom may
send types that are not listed; tail shows them all the same.

Exit status: 0 if anything was found, 1 if not.`,
  async run(host, { typed, words, general }) {
    const { values } = readFlags(FLAGS, typed);
    const catalogue = await loadCatalogue();
    const found = findTypes(new Map([...catalogue, ...OWN_TYPES.map((type) => [type.name, type] as const)]), words);
    const palette = await createPalette(useColor(general.color, host.env, host.stdout.isTTY === true));
    const text = () => {
      if (found.kind === 'one') {
        return values.json ? json(descriptionOf(catalogue, found.type)) : describeType(catalogue, found.type, palette);
      }
      if (values.json) return json(found.types.map(({ name, product, fields }) => ({ name, product, fields })));
      return host.stdout.isTTY ? listForPerson(found.types, palette) : namesOf(found.types);
    };
    await write(host, text());
    if (isEmpty(found)) throw nothingFound(words);
    return EXIT_OK;
  },
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const namesOf = (types: readonly EventType[]): string => types.map(({ name }) => `${name}\n`).join('');

const isEmpty = (found: Found): boolean => found.kind === 'several' && found.types.length === 0;

/** All of it, or as much as the reader takes: `| head` is a normal end. */
const write = async (host: Host, text: string): Promise<void> => {
  const sink = streamSink(host.stdout, 'stdout');
  if (text !== '') await sink.write(text);
  await sink.close();
};
