export { arrivalTime } from '../event/arrival-time.ts';
export { followRecording } from './follow.ts';
export { type Input, openInputs } from './input.ts';
export { lastTime } from './last-time.ts';
export { type Batches, merge } from './merge.ts';
export { type ReadOptions, readRecordings } from './read-recording.ts';
export type { Rotation } from './writer/part-writer.ts';
export { openRecording, type Recording, type RecordingOptions } from './writer/recording.ts';
