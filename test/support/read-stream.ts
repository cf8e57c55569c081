import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

export type StoredMessage = {
  readonly subject: string;
  readonly text: string;
  readonly id: string;
  readonly header: (name: string) => string;
};

/** Everything in a stream, in order, as another program reads it. */
export const readStream = async (url: string, stream: string): Promise<readonly StoredMessage[]> => {
  const nc = await connect({ servers: url.replace('nats://', '') });
  try {
    const { state } = await (await jetstreamManager(nc)).streams.info(stream);
    const found: StoredMessage[] = [];
    if (state.messages === 0) return found;
    const consumer = await jetstream(nc).consumers.get(stream);
    for await (const message of await consumer.consume()) {
      const header = (name: string) => message.headers?.get(name) ?? '';
      found.push({ subject: message.subject, text: message.string(), id: header('Nats-Msg-Id'), header });
      if (message.info.pending === 0) break;
    }
    return found;
  } finally {
    await nc.close();
  }
};
