/** What had to be done before anything could be appended to an existing file. */
export type Repair =
  | { readonly kind: 'sound' }
  /** The last line had no end, and has one now. */
  | { readonly kind: 'closed off' }
  /** A gzip member that was cut off ends after its last whole line now; so many bytes of another line were dropped. */
  | { readonly kind: 'completed'; readonly dropped: number }
  /** Nothing may be appended to it. */
  | { readonly kind: 'hopeless'; readonly why: string };
