import { ZoomRefusal } from '../../zoom-api/index.ts';
import type { Extra } from '../sessions/found.ts';
import type { EventMemory } from '../sessions/from-events.ts';
import { gatherByRest, type RestDeps } from '../sessions/from-rest.ts';
import type { Gathered } from '../sessions/gathered.ts';
import type { Job } from '../sessions/job.ts';

export type GatherDeps = Omit<RestDeps, 'zoom'> & {
  /** Undefined: Zoom is asked nothing. */
  readonly zoom: RestDeps['zoom'] | undefined;
  readonly attendance: 'auto' | 'rest' | 'events';
  readonly memory: EventMemory;
};

/** A session that neither Zoom nor events tell anything about. */
export class NothingKnown extends Error {
  override readonly name = 'NothingKnown';
  constructor() {
    super('nothing is known of this session: its events were not kept, and Zoom was not asked');
  }
}

/** What is known of a session's people: from Zoom, from events, or from events where Zoom refuses. */
export const gather = async (job: Job, extra: Extra | undefined, deps: GatherDeps): Promise<Gathered> => {
  const { zoom, attendance, memory } = deps;
  if (zoom !== undefined && attendance !== 'events') {
    try {
      return await gatherByRest(job, extra?.topic ?? '', { ...deps, zoom });
    } catch (error) {
      const isRefused = error instanceof ZoomRefusal && (error.kind === 'scope' || error.kind === 'plan');
      const told = isRefused && attendance === 'auto' ? memory.gather(job) : undefined;
      if (!isRefused || told === undefined) throw error;
      deps.onMissing(error, 'attendance is taken from the events');
      return told;
    }
  }
  const told = memory.gather(job);
  if (told === undefined) throw new NothingKnown();
  return told;
};
