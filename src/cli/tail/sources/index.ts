import type { Invocation } from '../../command.ts';
import { demo } from './demo.ts';
import type { SourceKind } from './kind.ts';
import { zoomSocket } from './zoom-socket.ts';

export { DEMO_FLAGS } from './demo.ts';
export type { PreparedSource } from './kind.ts';

/** Every kind of source for `tail`; the last one is for when no other is asked for. A new one is a file and a line here. */
export const SOURCES: readonly SourceKind[] = [demo, zoomSocket];

/** The kind that was asked for. */
export const chooseSource = (typed: Invocation['typed']): SourceKind =>
  SOURCES.find((kind) => kind.isAskedFor(typed)) ?? zoomSocket;
