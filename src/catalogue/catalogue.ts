/** What is documented of one event type. */
export type EventType = {
  readonly name: string;
  /** Zoom's product: `meetings`, `phone`, `videosdk` … */
  readonly product: string;
  /**
   * Field paths in the order of the documentation, each with its type: `string`, `number`, `boolean`, `object`, or the
   * values it can take (`"all"|"single"`, `1|2|3`). `[]` marks an array.
   */
  readonly fields: Readonly<Record<string, string>>;
};

/** The documented event types by name, in alphabetical order. */
export type Catalogue = ReadonlyMap<string, EventType>;

/** Loads the documentation of every event type: half a megabyte, hence only when it is asked for. */
export const loadCatalogue = async (): Promise<Catalogue> => {
  const { default: known } = await import('./zoom-events.json', { with: { type: 'json' } });
  return new Map(
    Object.entries(known).map(([name, { product, fields }]) => [
      name,
      { name, product, fields: Object.fromEntries(Object.entries(fields).filter(([path]) => !isPlaceholder(path))) },
    ]),
  );
};

/** Zoom's documentation holds a JSON-schema keyword where it means "any further field". */
const isPlaceholder = (path: string): boolean => path.endsWith('additionalProperties');
