import { joinLines } from './join-lines.ts';
import type { Layout } from './layout.ts';
import type { Outlet } from './outlet.ts';
import type { StreamSink } from './stream.ts';

/** Lines for whoever reads a stream: one joined write for each batch. The run ends when that reader leaves. */
export const linesOutlet = (layout: Layout, sink: StreamSink): Outlet => ({
  async take(batch, firstSeq) {
    const lines = joinLines(batch, layout, firstSeq);
    if (lines.length > 0) await sink.write(lines);
  },
  // The stream is the process's own; `reader.caughtUp` is what there is to wait for.
  close: async () => {},
  gone: sink.gone,
  isRequired: true,
  reader: { caughtUp: sink.close, abandon: sink.abandon },
});
