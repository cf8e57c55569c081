import type { JetStreamManager, StreamConfig, StreamInfo } from '@nats-io/jetstream';
import type { NatsUrl } from '../../engine/url.ts';
import { ZoomWsError } from '../../errors.ts';

/** What `--to-create` makes; durations in nanoseconds, as JetStream counts them. */
const NANOS_PER_MS = 1e6;
const WINDOW_MS = 600_000;
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** JetStream's error for a stream that does not exist [nats-server, errors.json]. */
const NO_STREAM = 10059;

/** Finds the stream, or makes it where that was asked for. `onMade` is told what was made. Throws `refused`. */
export const findStream = async (
  manager: JetStreamManager,
  { stream, subject, shown }: Pick<NatsUrl, 'stream' | 'subject' | 'shown'>,
  create: boolean,
  onMade: (text: string) => void,
): Promise<StreamInfo> => {
  try {
    return await manager.streams.info(stream);
  } catch (error) {
    if (codeOf(error) !== NO_STREAM) throw error;
    if (!create) {
      throw new ZoomWsError('refused', `${shown}: there is no stream "${stream}".`, {
        hint: 'Check the name in the URL, or give --to-create to have it made.',
      });
    }
  }
  const info = await make(manager, stream, subject);
  const { num_replicas: replicas } = info.config;
  onMade(
    `made the stream ${stream}: subjects ${subject}.>, file storage, ${replicas === 1 ? 'one replica' : `${replicas} replicas`}, kept for 30 days, duplicates known for 10 minutes`,
  );
  return info;
};

const make = async (manager: JetStreamManager, name: string, subject: string): Promise<StreamInfo> => {
  const config = {
    name,
    subjects: [`${subject}.>`],
    storage: 'file',
    retention: 'limits',
    discard: 'old',
    duplicate_window: WINDOW_MS * NANOS_PER_MS,
    max_age: MAX_AGE_MS * NANOS_PER_MS,
  };
  try {
    return await manager.streams.add({ ...config, num_replicas: 3 } as Partial<StreamConfig> & { name: string });
  } catch (error) {
    // One server alone cannot keep three copies.
    if (!/replica|peers/i.test(error instanceof Error ? error.message : '')) throw error;
    return manager.streams.add({ ...config, num_replicas: 1 } as Partial<StreamConfig> & { name: string });
  }
};

/** The number of a JetStream error; undefined for any other. */
export const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
