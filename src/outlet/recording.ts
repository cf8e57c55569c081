import { createNdjson } from '../format/ndjson.ts';
import { openRecording, type RecordingOptions } from '../recording/index.ts';
import { joinLines } from './join-lines.ts';
import type { Outlet } from './outlet.ts';

/**
 * A recording at `path`: every event with its `_meta`, and every `zoom_ws.*` event. The run ends when it can no longer be
 * kept. Throws `busy` and `output`, as `openRecording` does.
 */
export const recordingOutlet = async (path: string, options: Omit<RecordingOptions, 'onFailure'>): Promise<Outlet> => {
  const gone = new AbortController();
  const recording = await openRecording(path, { ...options, onFailure: () => gone.abort() });
  const layout = { format: createNdjson({ meta: true }), lifecycle: true, control: false };
  return {
    async take(batch, firstSeq) {
      const receipts = batch.flatMap((arrival) => (arrival.kind === 'event' ? (arrival.receipt ?? []) : []));
      let taken = Promise.resolve();
      for (const lines of joinLines(batch, layout, firstSeq)) {
        // Once it has failed, `persisted` says so.
        await taken.catch(() => {});
        taken = recording.append(lines.toString());
      }
      if (receipts.length > 0) {
        recording.persisted().then(
          () => {
            for (const { kept } of receipts) kept();
          },
          () => {
            for (const { lost } of receipts) lost();
          },
        );
      }
      await taken;
    },
    close: recording.close,
    gone: gone.signal,
    isRequired: true,
  };
};
