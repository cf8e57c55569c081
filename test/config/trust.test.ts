import { expect, test } from 'vitest';
import { type Held, misdirection, type Source } from '../../src/config/trust.ts';

const at = (source: Source) => ({ place: `PLACE in ${source}`, source });
const held = (source: Source, byFile = false): Held => ({ what: 'the secret', origin: at(source), byFile });
const foreign = (source: Source) => ({ url: 'https://evil.example/oauth/token', origin: at(source) });

const SOURCES: readonly Source[] = ['flag', 'named file', 'environment', 'working directory', 'configuration'];

/** Which secrets may go to a foreign host that a place names: every other combination is refused. */
const ALLOWED: Readonly<Record<Source, readonly Source[]>> = {
  flag: SOURCES,
  'named file': SOURCES,
  environment: ['environment', 'working directory', 'configuration'],
  'working directory': ['working directory'],
  configuration: ['configuration'],
};

test.each(SOURCES.flatMap((url) => SOURCES.map((secret) => [url, secret] as const)))(
  'a foreign host named by %s, for a secret of %s',
  (url, secret) => {
    const complaint = misdirection(held(secret), foreign(url));
    if (ALLOWED[url].includes(secret)) return expect(complaint).toBeUndefined();
    expect(complaint).toContain(`PLACE in ${url}`);
    expect(complaint).toContain(`PLACE in ${secret}`);
    expect(complaint).toContain('evil.example');
    expect(complaint).toContain('but not in .env');
  },
);

test.each(SOURCES)('a secret whose file is named in .env goes to no foreign host, not even one of %s', (source) => {
  expect(misdirection(held('working directory', true), foreign(source))).toMatch(/whose file is named in \.env/);
  expect(misdirection(held('flag', true), foreign('flag'))).toBeUndefined();
});

test.each([
  'https://zoom.us/oauth/token',
  'https://zoom.com/oauth/token',
  'https://acme.zoom.us/oauth/token',
  'https://acme.zoom.com/oauth/token',
  'wss://ws.zoomgov.com/ws',
  'wss://WS.ZOOM.US/ws',
  'http://127.0.0.1:8787/oauth/token',
  'http://[::1]:8787/',
  'http://localhost:8787/',
])('%s is nobody else, from wherever it comes', (url) => {
  expect(misdirection(held('flag'), { url, origin: at('working directory') })).toBeUndefined();
  expect(misdirection(held('working directory', true), { url, origin: at('configuration') })).toBeUndefined();
});

test.each([
  'https://zoom.us.evil.example/',
  'https://notzoom.us/',
  'https://zoom.us@evil.example/',
  'https://zoom.community/',
  'https://127.0.0.1.evil.example/',
])('%s is somebody else', (url) => {
  expect(misdirection(held('flag'), { url, origin: at('working directory') })).toContain('would send');
});
