import { signalUrl } from './addresses.ts';
import { PRODUCT_FACTS, type Product, productOf } from './products.ts';
import type { Stream } from './stream.ts';
import { type Fields, isFields, readFields } from './wire.ts';

export type NewsVerb = 'started' | 'stopped' | 'interrupted';

/** The event of Zoom's that tells of a stream. `base`: where the simulator is, as `ws://127.0.0.1:8787`. */
export const newsText = (stream: Stream, verb: NewsVerb, at: number, base: string, fields: Fields = {}): string => {
  const { facts, id, of, script } = stream;
  return JSON.stringify({
    event: `${facts.prefix}${verb}`,
    event_ts: Math.round(at),
    payload: {
      [facts.idName]: of,
      ...(verb === 'started' && startFields(stream)),
      rtms_stream_id: id,
      ...(verb === 'started' && { server_urls: signalUrl(base, stream), account_id: script.scene.accountId }),
      ...fields,
    },
  });
};

const startFields = ({ product, script: { scene } }: Stream): Fields => {
  const operator = { operator_id: scene.people[0].id };
  if (product === 'meeting') return { ...operator, meeting_id: scene.meeting.number, is_original_host: true };
  if (product === 'webinar') return { ...operator, webinar_id: scene.meeting.number, is_original_host: true };
  return {};
};

/** What the text of an event says of a stream; undefined where it says nothing of any. */
export type News = {
  readonly verb: NewsVerb;
  readonly product: Product;
  readonly event: Fields;
  readonly payload: Fields;
  readonly streamId: string | undefined;
  readonly of: string | undefined;
};

export const readNews = (text: string): News | undefined => {
  if (!/rtms_(started|stopped|interrupted)"/.test(text.slice(0, 200))) return undefined;
  const event = readFields(text);
  const type = String(event?.event ?? '');
  const product = productOf(type);
  const verb = (['started', 'stopped', 'interrupted'] as const).find((one) => type.endsWith(`rtms_${one}`));
  if (event === undefined || product === undefined || verb === undefined) return undefined;
  const payload = isFields(event.payload) ? event.payload : {};
  const { rtms_stream_id, [PRODUCT_FACTS[product].idName]: of } = payload;
  return { verb, product, event, payload, streamId: textOrNone(rtms_stream_id), of: textOrNone(of) };
};

const textOrNone = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
