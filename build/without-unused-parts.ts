import type { Plugin } from 'rolldown';

/**
 * Parts of libraries that are loaded only for what we never ask of them: undici's HTTP/2 (off unless allowed) and its
 * bodies for fetch (ours are strings).
 */
const UNUSED = /undici\/lib\/(?:dispatcher\/client-h2|web\/fetch\/body)\.js$/;

/** Commander's means to start a command that is a program of its own: we have none, and it costs a start a millisecond. */
const COMMANDERS_CHILDREN = '\0commander/child_process';

/** Puts a module that throws in the place of each, so that a use would not go unnoticed. */
export const withoutUnusedParts = (): Plugin => ({
  name: 'without-unused-parts',
  resolveId: {
    filter: { id: /^node:child_process$/ },
    handler: (_id, importer) => (importer?.includes('/commander/') ? COMMANDERS_CHILDREN : null),
  },
  load: {
    filter: { id: [UNUSED, /^\0commander/] },
    handler: (id) =>
      `module.exports = () => { throw new Error(${JSON.stringify(`${id.replace(/^.*(node_modules\/|\0)/, '')} was left out of the bundle`)}) }`,
  },
});
