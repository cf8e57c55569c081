export { type Moment, needsLastEvent, parseMoment, resolveMoment } from './moment.ts';
export { paced } from './pace.ts';
export { untilAborted } from './until-aborted.ts';
export { type Window, within } from './window.ts';
