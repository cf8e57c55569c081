/** One subscription: its id, and the socket's URL without id and token. */
export type Subscription = { readonly id: string; readonly url: string };
