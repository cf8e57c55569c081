import { MEDIA_KEYS, type Media } from '../wire/codes.ts';
import { fieldsOf, type Message, textOf } from '../wire/message.ts';
import { addressesOf, isAllowed } from '../wire/start-event.ts';
import type { MediaRoute } from './media-line.ts';

export type Routes = {
  readonly routes: readonly MediaRoute[];
  /** Kinds for which message 2 has no address: the app lacks the scope. */
  readonly missing: readonly Media[];
  /** The address for all media, where there is one. */
  readonly all: string | undefined;
};

/** One socket for each kind of media that was asked for: to its own address, or alone to the one for all. */
export const routesOf = (answer: Message, media: readonly Media[]): Routes => {
  const urls = fieldsOf(fieldsOf(answer.fields.media_server).server_urls);
  const addressOf = (key: string): string | undefined => addressesOf(textOf(urls[key])).find(isAllowed);
  const all = addressOf('all');
  const routes: MediaRoute[] = [];
  const missing: Media[] = [];
  for (const kind of media) {
    const url = addressOf(MEDIA_KEYS[kind]) ?? all;
    if (url === undefined) missing.push(kind);
    else routes.push({ media: [kind], url, asAll: false });
  }
  return { routes, missing, all };
};
