import type { Host } from '../../../host.ts';
import type { Invocation } from '../../command.ts';
import { demo } from './demo.ts';
import { fromStream } from './from-stream.ts';
import type { SourceKind } from './kind.ts';
import { zoomSocket } from './zoom-socket.ts';

export { DEMO_FLAGS } from './demo.ts';
export type { PreparedSource } from './kind.ts';

/** Every kind of source for `tail`; the last one is for when no other is asked for. A new one is a file and a line here. */
export const SOURCES: readonly SourceKind[] = [demo, fromStream, zoomSocket];

/** The kind that was asked for. */
export const chooseSource = async (host: Host, invocation: Invocation): Promise<SourceKind> => {
  for (const kind of SOURCES) if (await kind.isAskedFor(host, invocation)) return kind;
  return zoomSocket;
};
