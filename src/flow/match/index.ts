export { compileKeep, loadKeep } from './compile-keep.ts';
export { parseCondition } from './condition.ts';
export { compileEventFilter, matcherOf } from './event-filter.ts';
export { type EventPattern, type EventPatterns, parseEventPatterns } from './event-pattern.ts';
export { parseMeeting } from './meeting.ts';
export { type Path, parsePath } from './path.ts';
