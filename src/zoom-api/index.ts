export { createZoomClient } from './client.ts';
export { createLookups, type ZoomLookups } from './lookups.ts';
export { numberIn } from './path.ts';
export { ZoomRefusal } from './refusal.ts';
export type { ParticipantRow, PlanRow, RegistrantRow } from './shapes.ts';
