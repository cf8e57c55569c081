/** A contact as the stand-in keeps it. */
export type BrevoContact = {
  readonly id: number;
  readonly email: string;
  attributes: Record<string, unknown>;
  readonly listIds: Set<number>;
  emailBlacklisted: boolean;
  readonly createdAt: string;
  modifiedAt: string;
};

export type BrevoAttribute = { readonly name: string; readonly category: string; readonly type: string };

/** An event as it was taken. */
export type TakenEvent = {
  readonly name: string;
  readonly email: string;
  readonly date: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** What the account holds, in memory; it may be changed at any time. */
export type BrevoStore = {
  readonly contacts: Map<string, BrevoContact>;
  readonly lists: Map<number, string>;
  readonly attributes: Map<string, BrevoAttribute>;
  readonly events: TakenEvent[];
  /** Who was asked to confirm, and for which lists. */
  readonly asked: { readonly email: string; readonly listIds: readonly number[] }[];
  nextId: number;
};

/** The lists of the documentation's example. */
const LISTS: readonly (readonly [id: number, name: string])[] = [
  [15, 'Meeting participants'],
  [16, 'Webinar attendees'],
  [17, 'Webinar registrants'],
];

/** What every account has, and what the default mapping of the sync fills. */
const ATTRIBUTES: readonly (readonly [name: string, type: string])[] = [
  ['FIRSTNAME', 'text'],
  ['LASTNAME', 'text'],
  ['SMS', 'text'],
  ['MEETING_JOIN_DATE', 'date'],
  ['MEETING_DURATION', 'float'],
  ['WEBINAR_NAME', 'text'],
  ['ATTENDANCE_STATUS', 'text'],
  ['UTM_SOURCE', 'text'],
];

export const createBrevoStore = (): BrevoStore => ({
  contacts: new Map(),
  lists: new Map(LISTS),
  attributes: new Map(ATTRIBUTES.map(([name, type]) => [name, { name, category: 'normal', type }])),
  events: [],
  asked: [],
  nextId: 1,
});
