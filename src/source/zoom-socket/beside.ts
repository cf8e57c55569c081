/** Work beside the main loop that is ended by a signal: its abort is its normal end, anything else is a bug. */
export const beside = (work: Promise<void>, signal: AbortSignal): void => {
  work.catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
};
