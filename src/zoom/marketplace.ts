/** Where the owner of an app finds its pages. */
export const MARKETPLACE = 'https://marketplace.zoom.us, Manage, your app';

/** Where subscriptions are made, and their endpoint URLs copied. */
export const EVENT_SUBSCRIPTIONS = `${MARKETPLACE}, Feature, Event Subscriptions`;
