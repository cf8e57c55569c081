import { formatDuration } from '../time/duration.ts';
import { type CheckId, type Finding, skip } from './check.ts';
import type { DoctorContext } from './context.ts';
import type { Figures } from './semantics.ts';
import type { DoctorOptions } from './world.ts';

/** What a look at the events may take beyond the time of listening: a large recording is read in minutes. */
export const LOOK_MS = 300_000;

/** A recording needs no connection. */
export const eventsNeeds = ({ hasRecording }: DoctorOptions): readonly CheckId[] =>
  hasRecording ? [] : ['socket.accepted'];

/** The figures of the recording, or of what was received; a skip if there was no event. */
export const eventsSeen = async ({
  options,
  recording,
  session,
}: DoctorContext): Promise<{ readonly figures: Figures; readonly what: string } | Finding> => {
  if (options.hasRecording) {
    const { name, figures, damaged } = await recording();
    const broken = damaged === 0 ? '' : `, ${damaged} unreadable lines left out`;
    if (figures.events === 0) return skip(`no event in ${name}${broken}`);
    return { figures, what: `${counted(figures.events)} in ${name}${broken}` };
  }
  await session.listened();
  const figures = session.semantics.figures();
  const time = formatDuration(session.listenedMs());
  if (figures.events === 0) return skip(`no event came in ${time}, so there is nothing to look at`);
  return { figures, what: `${counted(figures.events)} in ${time}` };
};

const counted = (events: number): string => `${events} event${events === 1 ? '' : 's'}`;
