import { CONTENT_TYPE } from '../../webhook/headers.ts';
import type { ForwardOptions } from './options.ts';

/** All headers of one request: Zoom's, then the user's own, then those that nobody may change. */
export const headersFor = (
  { headers, userAgent }: Pick<ForwardOptions, 'headers' | 'userAgent'>,
  signature: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  'content-type': CONTENT_TYPE,
  'user-agent': userAgent,
  ...Object.fromEntries(headers.map(({ name, value }) => [name, value.reveal()])),
  ...more,
  ...signature,
});
