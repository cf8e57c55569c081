import type { Values } from '../../config/flag.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import { openForward } from './forward.ts';
import type { OutletContext, OutletKind } from './kind.ts';
import { openPublish } from './publish.ts';
import { openRecord, RECORD_FLAGS, recordComplaints } from './record.ts';
import { OUTPUT_FLAGS, openStdout } from './stdout.ts';

export type { Onward, OutletContext } from './kind.ts';
export { readPublishing } from './publishing.ts';
export { RECORD_FLAGS } from './record.ts';
export { OUTPUT_FLAGS, outputKind } from './stdout.ts';
export { TO_FLAGS } from './to-flags.ts';

/** The flags of all outlets: for every command that emits events. */
export const OUTLET_FLAGS = { ...OUTPUT_FLAGS, ...RECORD_FLAGS };
export type OutletValues = Values<typeof OUTLET_FLAGS>;

/** Every kind of outlet. A new one is a file beside this one, its flags above and a line here. */
export const OUTLETS: readonly OutletKind<OutletValues>[] = [
  { name: 'stdout', complaints: () => [], open: openStdout },
  { name: 'record', complaints: recordComplaints, open: openRecord },
  { name: 'publish', complaints: () => [], open: openPublish },
  { name: 'forward', complaints: () => [], open: openForward },
];

/** What is wrong with the flags of the outlets. */
export const outletComplaints = (values: OutletValues): readonly string[] =>
  OUTLETS.flatMap((kind) => kind.complaints(values));

/** Opens every outlet that was asked for. Throws what keeps one of them from opening; the others are closed then. */
export const openOutlets = async (values: OutletValues, context: OutletContext): Promise<readonly Outlet[]> => {
  const open: Outlet[] = [];
  try {
    for (const kind of OUTLETS) {
      const outlet = await kind.open(values, context);
      if (outlet !== undefined) open.push(outlet);
    }
    return open;
  } catch (error) {
    await closeOutlets(open).catch(() => {});
    throw error;
  }
};

/** Closes all of them; throws what made the first one fail that did. */
export const closeOutlets = async (outlets: readonly Outlet[]): Promise<void> => {
  const closed = await Promise.allSettled(outlets.map((outlet) => outlet.close()));
  const failed = closed.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
};
