import { joinLines } from './join-lines.ts';
import type { Layout } from './layout.ts';
import type { Outlet } from './outlet.ts';
import type { StreamSink } from './stream.ts';

/** Lines for whoever reads a stream: joined into one write for each batch, or several where it is large. The run ends when that reader leaves. */
export const linesOutlet = (layout: Layout, sink: StreamSink): Outlet => ({
  async take(batch, firstSeq) {
    for (const lines of joinLines(batch, layout, firstSeq)) await sink.write(lines);
  },
  // The stream is the process's own; `reader.caughtUp` is what there is to wait for.
  close: async () => {},
  gone: sink.gone,
  isRequired: true,
  reader: { caughtUp: sink.close, abandon: sink.abandon },
});
