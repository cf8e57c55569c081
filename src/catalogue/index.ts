export { type Catalogue, type EventType, loadCatalogue } from './catalogue.ts';
export { EVENT_TYPES } from './event-types.ts';
export { isDocumented, nearestFields } from './nearest-fields.ts';
export { nearestTypes } from './nearest-types.ts';
export { createDraw, type Draw } from './sample/draw.ts';
export { type SampleEvent, sampleEvent } from './sample/sample-event.ts';
export { drawScene, type Person, type Scene } from './sample/scene.ts';
export { seededRandom } from './sample/seeded-random.ts';
