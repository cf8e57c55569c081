import { expect, test } from 'vitest';
import { isLoopback, isZoomHost } from '../../src/http/hosts.ts';

test.each([
  ['ws://127.0.0.1/', true],
  ['ws://127.1.2.3:80/', true],
  ['ws://127.1/', true],
  ['ws://2130706433/', true],
  ['ws://[::1]/', true],
  ['ws://[0:0:0:0:0:0:0:1]/', true],
  ['ws://localhost/', true],
  ['ws://LocalHost/', true],
  ['ws://zoom.localhost/', true],
  ['ws://localhost.example.com/', false],
  ['ws://notlocalhost/', false],
  ['ws://127.0.0.1.example.com/', false],
  ['ws://128.0.0.1/', false],
  ['ws://0.0.0.0/', false],
  ['ws://[::2]/', false],
  ['ws://10.0.0.1/', false],
])('%s is this machine: %s', (url, expected) => {
  expect(isLoopback(new URL(url).hostname)).toBe(expected);
});

test.each([
  ['zoom.us', true],
  ['ws.zoom.us', true],
  ['API-EU.ZOOM.US', true],
  ['api.zoomgov.com', true],
  ['zoom.us.example.com', false],
  ['evilzoom.us', false],
  ['zoom.com', false],
])('%s is Zoom: %s', (host, expected) => {
  expect(isZoomHost(host)).toBe(expected);
});
