/** A product of Zoom that streams; names as `--rtms-product` has them. */
export const PRODUCTS = ['meeting', 'webinar', 'session', 'contact-center', 'phone'] as const;
export type Product = (typeof PRODUCTS)[number];

export const MEDIA = ['audio', 'video', 'deskshare', 'transcript', 'chat'] as const;
export type Media = (typeof MEDIA)[number];

export type ProductFacts = {
  /** What the names of its events begin with: `<prefix>started`. */
  readonly prefix: string;
  /** The name of its id, in events and handshakes. */
  readonly idName: string;
  readonly media: readonly Media[];
  /** Calls have channels instead of seats, and event numbers of their own. */
  readonly isCall: boolean;
};

const SPOKEN: readonly Media[] = ['audio', 'transcript'];

export const PRODUCT_FACTS: Readonly<Record<Product, ProductFacts>> = {
  meeting: { prefix: 'meeting.rtms_', idName: 'meeting_uuid', media: MEDIA, isCall: false },
  webinar: { prefix: 'webinar.rtms_', idName: 'webinar_uuid', media: MEDIA, isCall: false },
  session: { prefix: 'session.rtms_', idName: 'session_id', media: MEDIA, isCall: false },
  'contact-center': { prefix: 'contact_center.voice_rtms_', idName: 'engagement_id', media: SPOKEN, isCall: true },
  phone: { prefix: 'phone.rtms_', idName: 'call_id', media: SPOKEN, isCall: true },
};

/** The product whose events are named like this one: `meeting.rtms_started` → `meeting`. */
export const productOf = (type: string): Product | undefined =>
  PRODUCTS.find((product) => type.startsWith(PRODUCT_FACTS[product].prefix));
