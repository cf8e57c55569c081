import { Complaint } from '../config/flag.ts';
import { type NatsUrl, parseNats } from './nats-url.ts';
import { type PostgresUrl, parsePostgres } from './postgres-url.ts';
import { credentialsOf, decode, parametersOf } from './url-parts.ts';

export type { NatsUrl } from './nats-url.ts';
export type { PostgresUrl } from './postgres-url.ts';

export type EngineUrl = NatsUrl | PostgresUrl;

const FORM = 'nats://host/STREAM, tls://host/STREAM or postgres://host/database';
const URL_FORM = /^([a-z]+):\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

/** Where events are published to or read from. Throws a Complaint that says what was expected. */
export const parseEngineUrl = (text: string): EngineUrl => {
  const [, scheme = '', userinfo = '', authority = '', path = '', query = ''] = URL_FORM.exec(text.trim()) ?? [];
  const parts = { ...credentialsOf(userinfo), authority, path: decode(path), parameters: parametersOf(query) };
  switch (scheme.toLowerCase()) {
    case 'nats':
    case 'tls':
      return parseNats(scheme.toLowerCase() === 'tls', parts);
    case 'postgres':
    case 'postgresql':
      return parsePostgres(parts);
    default:
      throw new Complaint(`expected ${FORM}`);
  }
};
