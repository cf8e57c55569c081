/** A refusal by Zoom: what it means, and what the user does next. */
export type Refusal = {
  /** Stable name, for tests and for doctor. */
  readonly id: string;
  readonly meaning: string;
  readonly hint: string;
};
