import { arch } from 'node:os';
import { version } from '../../version.ts';
import { type Check, fail, pass, warn } from '../check.ts';

/** As `package.json` says: what the libraries in use need. */
const OLDEST_NODE = [20, 18, 1] as const;

export const runtime: Check = {
  id: 'setup.runtime',
  section: 0,
  title: 'Node and platform',
  needs: [],
  limitMs: 5_000,
  run({ nodeVersion, platform, env }) {
    const detail = `zoom-ws ${version}, Node ${nodeVersion}, ${platform} ${arch()}`;
    if (isOlder(nodeVersion)) {
      return fail(detail, `Install Node ${OLDEST_NODE.join('.')} or newer (https://nodejs.org).`);
    }
    if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
      return warn(
        `${detail}; NODE_TLS_REJECT_UNAUTHORIZED=0 switches the checking of certificates off`,
        'Remove NODE_TLS_REJECT_UNAUTHORIZED: anyone in between can read the secret. A company CA belongs into NODE_EXTRA_CA_CERTS.',
      );
    }
    return pass(detail);
  },
};

const isOlder = (nodeVersion: string): boolean => {
  const parts = nodeVersion.split('.').map((part) => Number.parseInt(part, 10));
  for (const [at, least] of OLDEST_NODE.entries()) {
    const part = parts[at] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
};
