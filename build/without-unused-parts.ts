import type { Plugin } from 'rolldown';

/** Commander's means to start a command that is a program of its own: we have none, and it costs a start a millisecond. */
const COMMANDERS_CHILDREN = '\0commander/child_process';

/** Puts a module that throws in their place, so that a use would not go unnoticed. */
export const withoutUnusedParts = (): Plugin => ({
  name: 'without-unused-parts',
  resolveId: {
    filter: { id: /^node:child_process$/ },
    handler: (_id, importer) => (importer?.includes('/commander/') ? COMMANDERS_CHILDREN : null),
  },
  load: {
    filter: { id: /^\0commander/ },
    handler: (id) =>
      `module.exports = () => { throw new Error(${JSON.stringify(`${id.replace(/^.*(node_modules\/|\0)/, '')} was left out of the bundle`)}) }`,
  },
});
