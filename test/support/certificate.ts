import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));

const certificateOf = (prefix: string) => ({
  key: readFileSync(pathOf(`${prefix}key`), 'utf8'),
  cert: readFileSync(pathOf(`${prefix}cert`), 'utf8'),
  /** The certificate's file, for NODE_EXTRA_CA_CERTS. */
  path: pathOf(`${prefix}cert`),
});

/** A self-signed certificate for localhost, 127.0.0.1 and ::1, and its key: made for the tests, it protects nothing. */
export const certificate = certificateOf('');

/** The same for zoom.example and all names below it, which exist behind a proxy only. */
export const zoomExample = certificateOf('zoom-example-');
