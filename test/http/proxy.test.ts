import { expect, test } from 'vitest';
import { proxyFor } from '../../src/http/proxy.ts';

const PROXY = 'http://proxy.example.com:3128';

test.each([
  ['https://zoom.us/oauth/token', { HTTPS_PROXY: PROXY }, PROXY],
  ['wss://ws.zoom.us/ws', { HTTPS_PROXY: PROXY }, PROXY],
  ['wss://ws.zoom.us/ws', { https_proxy: PROXY }, PROXY],
  ['wss://ws.zoom.us/ws', { https_proxy: PROXY, HTTPS_PROXY: 'http://other:1' }, PROXY],
  ['wss://ws.zoom.us/ws', { https_proxy: '', HTTPS_PROXY: PROXY }, PROXY],
  ['wss://ws.zoom.us/ws', { HTTP_PROXY: PROXY }, undefined],
  ['http://example.com/', { HTTP_PROXY: PROXY }, PROXY],
  ['ws://example.com/', { http_proxy: PROXY }, PROXY],
  ['wss://ws.zoom.us/ws', { HTTPS_PROXY: 'proxy.example.com:3128' }, PROXY],
  [
    'wss://ws.zoom.us/ws',
    { HTTPS_PROXY: 'http://user:pass@proxy.example.com:3128' },
    'http://user:pass@proxy.example.com:3128',
  ],
  ['wss://ws.zoom.us/ws', { HTTPS_PROXY: 'https://proxy.example.com' }, 'https://proxy.example.com'],
  ['wss://ws.zoom.us/ws', {}, undefined],
  ['ftp://example.com/', { HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY }, undefined],
])('%s with %j goes through %s', (url, env, proxy) => {
  expect(proxyFor(url, env)).toBe(proxy);
});

test.each(['127.0.0.1', '127.9.9.9', '[::1]', 'localhost', 'LOCALHOST', 'zoom.localhost'])(
  'this machine is never reached through a proxy: %s',
  (host) => {
    expect(proxyFor(`wss://${host}:8787/ws`, { HTTPS_PROXY: PROXY })).toBeUndefined();
    expect(proxyFor(`http://${host}:8787/`, { HTTP_PROXY: PROXY })).toBeUndefined();
  },
);

test.each([
  ['*', true],
  ['zoom.us', true],
  ['.zoom.us', true],
  ['*.zoom.us', true],
  ['ws.zoom.us', true],
  ['WS.Zoom.US', true],
  ['ws.zoom.us.', true],
  ['example.com,ws.zoom.us', true],
  ['example.com , ws.zoom.us', true],
  ['example.com ws.zoom.us', true],
  [',,ws.zoom.us,', true],
  ['ws.zoom.us:443', true],
  ['.zoom.us:443', true],
  ['us', true],
  ['', false],
  [',', false],
  ['.', false],
  [':443', false],
  ['oom.us', false],
  ['api.zoom.us', false],
  ['x.ws.zoom.us', false],
  ['ws.zoom.us:8443', false],
  ['ws.zoom.us.example.com', false],
  ['10.0.0.1', false],
])('NO_PROXY "%s" exempts ws.zoom.us: %s', (list, isExempt) => {
  const proxy = isExempt ? undefined : PROXY;
  expect(proxyFor('wss://ws.zoom.us/ws', { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBe(proxy);
  expect(proxyFor('wss://ws.zoom.us/ws', { HTTPS_PROXY: PROXY, no_proxy: list })).toBe(proxy);
});

test.each([
  ['wss://192.0.2.7:8443/', '192.0.2.7', true],
  ['wss://192.0.2.7:8443/', '192.0.2.7:8443', true],
  ['wss://192.0.2.7:8443/', '192.0.2.7:443', false],
  ['wss://192.0.2.7/', '2.0.2.7', false],
  ['wss://[2001:db8::1]/', '2001:db8::1', true],
  ['wss://[2001:db8::1]/', '[2001:db8::1]', true],
  ['wss://[2001:db8::1]:8443/', '[2001:db8::1]:8443', true],
  ['wss://[2001:db8::1]/', '[2001:db8::1]:8443', false],
  ['wss://[2001:db8::1]/', '2001:db8::2', false],
])('%s with NO_PROXY "%s" is exempt: %s', (url, list, isExempt) => {
  expect(proxyFor(url, { HTTPS_PROXY: PROXY, NO_PROXY: list })).toBe(isExempt ? undefined : PROXY);
});

test.each([
  'socks5://me:hidden@host:1080',
  'http://:hidden@',
  'http://me:hidden@host:99999',
  'http://me:%zzhidden@host',
  '::hidden',
])('a proxy that is none is refused without showing it: %s', (value) => {
  expect(() => proxyFor('wss://ws.zoom.us/ws', { HTTPS_PROXY: value })).toThrow(
    expect.objectContaining({ code: 'settings', message: expect.not.stringContaining('hidden') }),
  );
});
