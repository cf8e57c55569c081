export { findFolder } from './folder.ts';
export { revokeFolder } from './revoke.ts';
export { openStreamFiles } from './stream-files.ts';
