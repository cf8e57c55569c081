import { EVENT_TYPES, loadCatalogue, nearestTypes, sampleEvent } from '../../catalogue/index.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { type FileEvent, readEventFile } from './file.ts';
import { idOf, triggerScene } from './scene.ts';
import { applySetting, type Setting } from './set-value.ts';

export type TriggerWishes = {
  /** The event type; undefined where the file says. */
  readonly type: string | undefined;
  readonly settings: readonly Setting[];
  readonly count: number;
  /** A file with events, `-` for stdin. */
  readonly from: string | undefined;
};

const SUGGESTED = 3;

/**
 * The texts of the events to send, each made when it is asked for. Without a file the type must be a documented one:
 * throws `usage` with the nearest names. With a file, any type will do; throws `input` if it holds no such event.
 */
export async function* triggerTexts(host: Host, wishes: TriggerWishes): AsyncGenerator<string> {
  const { type, settings, count, from } = wishes;
  if (from === undefined && type !== undefined && !EVENT_TYPES.includes(type)) throw unknownType(type);
  const events = from === undefined ? undefined : chosen(await readEventFile(host, from), type, from);
  const catalogue = await loadCatalogue();
  const changed = (event: object, name: string): string => {
    for (const setting of settings) applySetting(event, setting, catalogue.get(name)?.fields ?? {});
    return JSON.stringify(event);
  };
  const id = idOf(settings);
  for (let round = 0; round < count; round += 1) {
    if (events === undefined) {
      const now = host.clock.now();
      const { scene, stay } = triggerScene({ id, round, random: host.random, now });
      const overrides = { 'payload.object.participant.participant_uuid': stay };
      yield changed(sampleEvent(catalogue, type ?? '', { random: host.random, now, scene, overrides }), type ?? '');
      continue;
    }
    for (const event of events) {
      yield settings.length === 0 ? event.raw : changed(JSON.parse(event.raw), event.type);
    }
  }
}

/** The events of that type; the only event of a file takes the name that was asked for. */
const chosen = (events: readonly FileEvent[], type: string | undefined, name: string): readonly FileEvent[] => {
  if (type === undefined) return events;
  const found = events.filter((event) => event.type === type);
  if (found.length > 0) return found;
  const [only, ...more] = events;
  if (only !== undefined && more.length === 0) {
    const { event: _, ...rest } = JSON.parse(only.raw) as Record<string, unknown>;
    return [{ type, raw: JSON.stringify({ event: type, ...rest }) }];
  }
  const types = [...new Set(events.map((event) => event.type))].sort().slice(0, 10).join(', ');
  throw new ZoomWsError('input', `"${name}" holds no event "${type}".`, { hint: `It holds ${types}.` });
};

const unknownType = (type: string): ZoomWsError => {
  const near = nearestTypes(type, SUGGESTED);
  const guess = near.length === 0 ? '' : `Did you mean ${near.join(', ')}? `;
  return new ZoomWsError('usage', `"${type}" is no event type that Zoom documents.`, {
    hint: `${guess}"zoom-ws events" lists them. To send any other, put it in a file: --from event.json.`,
  });
};
