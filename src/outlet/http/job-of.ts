import type { Delivery } from '../../event/arrival.ts';
import { eventId } from '../../event/event-facts.ts';
import { requestIdOf } from '../../webhook/headers.ts';
import type { Job } from './lanes.ts';
import type { ForwardOptions } from './options.ts';

/** Makes a job of an event; `onRounded` hears of numbers that `--forward-body stringify` changes. */
export const jobOf = (
  delivery: Delivery,
  seq: number,
  { body, concurrency }: Pick<ForwardOptions, 'body' | 'concurrency'>,
  onRounded: () => void,
): Job => {
  const { raw, meta, requestId } = delivery;
  const parsed: unknown = body === 'stringify' || concurrency > 1 ? JSON.parse(raw) : undefined;
  const id = idIn(meta) ?? eventId(delivery);
  if (body === 'stringify' && /[:[,]\s*-?\d{16,}/.test(raw)) onRounded();
  return {
    delivery,
    seq,
    id,
    body: body === 'stringify' ? JSON.stringify(parsed) : raw,
    requestId: requestId ?? requestIdIn(meta) ?? requestIdOf(id),
    key: concurrency > 1 ? meetingOf(parsed) : '',
    failures: 0,
  };
};

/** Events of one meeting stay in order; what belongs to none is together. */
const meetingOf = (event: unknown): string => {
  const { payload } = event as { payload?: { object?: { uuid?: unknown; id?: unknown } } };
  const object = typeof payload === 'object' && payload !== null ? payload.object : undefined;
  const { uuid, id } = typeof object === 'object' && object !== null ? object : {};
  const key = isName(uuid) ? uuid : id;
  return isName(key) ? String(key) : '';
};

const isName = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const idIn = (meta: string | undefined): string | undefined => /"id":"([0-9a-f]{16})"/.exec(meta ?? '')?.[1];

/** A header's value: nothing that could end it. */
const requestIdIn = (meta: string | undefined): string | undefined =>
  /"request_id":"([\x20-\x21\x23-\x5b\x5d-\x7e]+)"/.exec(meta ?? '')?.[1];
