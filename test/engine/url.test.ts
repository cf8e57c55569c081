import { expect, test } from 'vitest';
import { parseEngineUrl } from '../../src/engine/url.ts';

test.each([
  ['nats://127.0.0.1/ZOOM', { kind: 'nats', servers: ['127.0.0.1:4222'], stream: 'ZOOM', subject: 'zoom', tls: false }],
  ['nats://localhost:14222/a-b', { servers: ['localhost:14222'], stream: 'a-b' }],
  ['nats://[::1]:4222/ZOOM', { servers: ['[::1]:4222'] }],
  [
    'tls://n1,n2:5222,n3/ZOOM?creds=/etc/zoom.creds',
    { tls: true, servers: ['n1:4222', 'n2:5222', 'n3:4222'], files: { creds: '/etc/zoom.creds' } },
  ],
  [
    'nats://u%40x:p%3Aw@127.0.0.1/Z?subject=a.b',
    { user: 'u@x', password: 'p:w', subject: 'a.b', shown: 'nats://127.0.0.1/Z' },
  ],
  ['nats://n1/ZOOM?plaintext=yes', { isExposed: true }],
  [
    'postgres://zoom@db/events',
    {
      kind: 'postgres',
      host: 'db',
      port: 5432,
      database: 'events',
      table: 'zoom_events',
      sslmode: 'verify-full',
      user: 'zoom',
    },
  ],
  [
    'postgresql://127.0.0.1:15432/e?table=app.zoom',
    { host: '127.0.0.1', port: 15432, table: 'app.zoom', sslmode: 'disable' },
  ],
  ['postgres:///events?host=/run/postgresql', { host: '/run/postgresql', sslmode: 'disable' }],
  ['postgres://u:secret@db/e?sslmode=require', { sslmode: 'require', password: 'secret', shown: 'postgres://db/e' }],
])('%s is understood', (text, expected) => {
  expect(parseEngineUrl(text)).toMatchObject(expected);
});

test.each([
  ['http://x/y', 'expected nats://host/STREAM'],
  ['nats://127.0.0.1', 'name of the stream'],
  ['nats://127.0.0.1/a.b', 'name of the stream'],
  ['nats://127.0.0.1:99999/Z', 'a port from 1 to 65535'],
  ['nats://example.com/ZOOM', 'without TLS'],
  ['nats://127.0.0.1/Z?subject=a b', 'subject='],
  ['nats://127.0.0.1/Z?crds=x', '"crds" is not known'],
  ['postgres://db', 'name of the database'],
  ['postgres:///events', 'expected a host'],
  ['postgres://db/events?sslmode=prefer', 'may go on in clear text'],
  ['postgres://db/events?sslmode=disable', 'without TLS'],
  ['postgres://db/events?table=a;drop', 'table='],
  ['postgres://%zz@db/events', 'escape'],
])('%s is refused: %s', (text, complaint) => {
  expect(() => parseEngineUrl(text)).toThrow(complaint);
});
