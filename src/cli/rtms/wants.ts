import type { Notify } from '../../notice/notice.ts';
import type { StreamStart } from '../../rtms/index.ts';

/** One `--meeting`: every spelling under which it may be named. */
type Meeting = { readonly spellings: readonly string[] };

/** Whether a stream is one of the meetings that were asked for; any is, where none was. */
export const wantsOf = (meetings: readonly Meeting[], notify: Notify): ((start: StreamStart) => boolean) => {
  const wanted = new Set(meetings.flatMap(({ spellings }) => spellings));
  const byNumber = [...wanted].some((spelling) => /^\d+$/.test(spelling));
  return ({ id, number, streamId, product }) => {
    if (meetings.length === 0 || wanted.has(id)) return true;
    if (number !== undefined) return wanted.has(number);
    if (byNumber) {
      notify({
        kind: 'note',
        text: `the start event of ${product.replace('_', ' ')} stream ${streamId} has no meeting number, so that --meeting with a number does not match it; its uuid would`,
      });
    }
    return false;
  };
};
