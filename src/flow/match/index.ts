export { compileKeep, loadKeep } from './compile-keep.ts';
export { type Condition, parseCondition } from './condition.ts';
export { compileEventFilter, matcherOf } from './event-filter.ts';
export { type EventPattern, type EventPatterns, parseEventPatterns } from './event-pattern.ts';
export { looksLikeMeeting, parseMeeting } from './meeting.ts';
export { type Path, parsePath } from './path.ts';
