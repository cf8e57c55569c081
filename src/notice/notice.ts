/**
 * Everything that is ever said to the person at stderr. A kind that has no wording in `wording.ts` does not compile.
 * Durations end in `Ms`; instants are EpochMs.
 */
export type Notice =
  | { readonly kind: 'warning'; readonly text: string; readonly hint?: string | undefined }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'detail'; readonly text: string }
  | { readonly kind: 'frame'; readonly direction: 'in' | 'out'; readonly text: string }
  | { readonly kind: 'failed'; readonly code: string; readonly text: string; readonly hint?: string | undefined };

/** Says something. Never throws, never waits. */
export type Notify = (notice: Notice) => void;
