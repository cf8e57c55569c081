import type { Plugin } from 'rolldown';

/**
 * Parts of libraries that are loaded only for what we never ask of them: undici's HTTP/2 (off unless allowed) and its
 * bodies for fetch (ours are strings), ws's server (the simulator has its own chunk).
 */
const UNUSED = /undici\/lib\/(?:dispatcher\/client-h2|web\/fetch\/body)\.js$/;

/** Puts a module that throws in the place of each, so that a use would not go unnoticed. */
export const withoutUnusedParts = (): Plugin => ({
  name: 'without-unused-parts',
  load: {
    filter: { id: UNUSED },
    handler: (id) =>
      `module.exports = () => { throw new Error(${JSON.stringify(`${id.replace(/^.*node_modules\//, '')} was left out of the bundle`)}) }`,
  },
});
