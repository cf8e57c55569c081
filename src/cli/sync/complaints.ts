import { numberIn } from '../../zoom-api/index.ts';
import type { SyncValues } from './flags.ts';

/** Which source was asked for; the event socket if none. */
export type SourceName = 'socket' | 'from' | 'named' | 'window' | 'demo';

export const sourceOf = (values: SyncValues): SourceName => {
  if (values.demo) return 'demo';
  if (values.from.length > 0) return 'from';
  if (values.meeting.length + values.webinar.length > 0) return 'named';
  return values.since !== undefined || values.until !== undefined ? 'window' : 'socket';
};

/** What cannot be meant together. */
export const combinationComplaints = (values: SyncValues): readonly string[] => {
  const asked = [
    ...(values.from.length > 0 ? ['--from'] : []),
    ...(values.meeting.length > 0 || values.webinar.length > 0 ? ['--meeting or --webinar'] : []),
    ...(values.since !== undefined || values.until !== undefined ? ['--since or --until'] : []),
    ...(values.demo ? ['--demo'] : []),
  ];
  const source = sourceOf(values);
  const isRest = source === 'named' || source === 'window';
  return [
    ...(asked.length > 1 ? [`${asked.join(', ')}: expected one source at a time.`] : []),
    ...(values.follow && values.from.length === 0 ? ['--follow goes with --from <file>.'] : []),
    ...(values.user.length > 0 && source !== 'window' ? ['--user goes with --since or --until.'] : []),
    ...(values.latest && ![...values.meeting, ...values.webinar].some((id) => numberIn(id) !== undefined)
      ? ['--latest goes with the number of a --meeting or --webinar.']
      : []),
    ...(values.attendance === 'events' && isRest
      ? [`--attendance events asks Zoom for nothing, and ${asked[0]} asks Zoom: leave one of them out.`]
      : []),
    ...(values.json && values.output === 'pretty' ? ['--json and -o pretty: expected one of them.'] : []),
    ...(values.from.filter((name) => name === '-').length > 1 ? ['stdin (-) can be read only once.'] : []),
  ];
};
