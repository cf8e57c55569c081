/** What `bin` needs, as one chunk. */
export { run } from './run.ts';
export { standardStreams } from './terminal/standard-streams.ts';
export { systemClock } from './time/system-clock.ts';
