import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), 'utf8');

/** A self-signed certificate for localhost, 127.0.0.1 and ::1, and its key: made for the tests, it protects nothing. */
export const certificate = { key: read('key'), cert: read('cert') };
