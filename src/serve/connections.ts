import type { Socket } from 'node:net';

/** The connections of a server that strangers can reach: never more than `most`. */
export type Connections = {
  /** A new one: makes room for it, or closes it where nothing can be closed for it. */
  add(wire: Socket): void;
  /** TLS over a connection that was added. */
  secured(wire: Socket): void;
  /** A request was received whole, and waits for its answer. */
  completed(wire: Socket): void;
  /** It was answered, or its connection is gone. */
  answered(wire: Socket): void;
  /** How many complete requests of a connection wait for their answer. */
  waiting(wire: Socket): number;
  /** Closes the connection that has gone longest without completing a request; false if every one waits for an answer. */
  closeIdlest(except?: Socket): boolean;
  closeAll(): void;
};

type Entry = { readonly wire: Socket; waiting: number };

/**
 * Counts connections from the moment that they are opened, also those that never say a word. Kept in the order of their
 * last complete request, so that those who hold a connection open and send nothing are the first to go.
 */
export const createConnections = (most: number): Connections => {
  const order = new Set<Entry>();
  const entries = new WeakMap<Socket, Entry>();
  const byAddress = new Map<string, Entry>();

  const closeIdlest = (except?: Socket): boolean => {
    for (const entry of order) {
      if (entry.waiting > 0 || entry.wire === except) continue;
      order.delete(entry);
      entry.wire.destroy();
      return true;
    }
    return false;
  };
  return {
    closeIdlest,
    add(wire) {
      const address = addressOf(wire);
      const entry: Entry = { wire, waiting: 0 };
      wire.on('close', () => {
        order.delete(entry);
        if (byAddress.get(address) === entry) byAddress.delete(address);
      });
      // A reset before anything listens would otherwise end the process.
      wire.on('error', () => {});
      if (order.size >= most && !closeIdlest()) return void wire.destroy();
      order.add(entry);
      entries.set(wire, entry);
      byAddress.set(address, entry);
    },
    secured(wire) {
      const entry = byAddress.get(addressOf(wire));
      if (entry !== undefined) entries.set(wire, entry);
      wire.on('error', () => {});
    },
    completed(wire) {
      const entry = entries.get(wire);
      if (entry === undefined || !order.delete(entry)) return;
      order.add(entry);
      entry.waiting += 1;
    },
    answered(wire) {
      const entry = entries.get(wire);
      if (entry !== undefined && entry.waiting > 0) entry.waiting -= 1;
    },
    waiting: (wire) => entries.get(wire)?.waiting ?? 0,
    closeAll() {
      for (const { wire } of order) wire.destroy();
    },
  };
};

/** The two objects of a TLS connection have this in common, and at one time no two connections do. */
const addressOf = ({ remoteAddress, remotePort, localPort }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localPort}`;
