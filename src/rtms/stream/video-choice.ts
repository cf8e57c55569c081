import { MESSAGE } from '../wire/codes.ts';
import type { Fact } from '../wire/fact.ts';
import { type Message, textOf } from '../wire/message.ts';
import { refusalOf } from '../wire/refusal.ts';
import type { StreamParts } from './parts.ts';

/** Status 44: this participant's video is subscribed to already. */
const SUBSCRIBED_ALREADY = 44;

/** Asks for one participant's video, by id or name, and again when the camera comes back. */
export const createVideoChoice = ({ wishes, notify, label, world }: StreamParts, send: (message: object) => void) => {
  const { videoOf } = wishes;
  const people = new Map<string, string>();
  let isReady = false;
  let asked: string | undefined;
  let saidAmbiguous = false;

  const candidates = (): string[] => {
    if (videoOf === undefined) return [];
    if (people.has(videoOf) || /^\d+$/.test(videoOf)) return [videoOf];
    const wanted = videoOf.toLowerCase();
    return [...people].flatMap(([id, name]) => (name.toLowerCase() === wanted ? [id] : []));
  };
  const ask = (): void => {
    if (!isReady || videoOf === undefined || asked !== undefined) return;
    const found = candidates();
    const [only, ...others] = found;
    if (only === undefined) return;
    if (others.length > 0) {
      if (saidAmbiguous) return;
      saidAmbiguous = true;
      const list = found.map((id) => `${people.get(id)} (${id})`).join(', ');
      return notify({
        kind: 'warning',
        text: `${label}: --video-of ${videoOf} fits several: ${list}; name one by its id`,
      });
    }
    asked = only;
    send({ msg_type: MESSAGE.videoRequest, user_id: idOf(only), subscribe: true, timestamp: world.clock.now() });
  };
  return {
    onReady() {
      isReady = true;
      asked = undefined;
      ask();
    },
    onFact(fact: Fact) {
      if (videoOf === undefined || fact.kind === 'first-packet') return;
      const { userId, userName } = fact.kind === 'event' ? personOf(fact.fields) : fact;
      if (userId !== undefined && userId !== '' && userName !== undefined && people.get(userId) !== userName) {
        people.set(userId, userName);
        ask();
      }
      if (fact.kind !== 'event' || userId === undefined) return;
      // A subscription does not outlive the camera.
      if ((fact.name === 'video_on' || fact.name === 'video_off') && userId === asked) asked = undefined;
      if (fact.name === 'video_on' && candidates().includes(userId)) ask();
    },
    onAnswer({ fields }: Message) {
      const refusal = refusalOf(fields, true);
      if (!refusal || refusal.status === SUBSCRIBED_ALREADY) return;
      asked = undefined;
      notify({ kind: 'warning', text: `${label}: no video of ${videoOf}: ${refusal.words}` });
    },
  };
};

const personOf = (fields: Readonly<Record<string, unknown>>) => ({
  userId: textOf(fields.user_id),
  userName: textOf(fields.user_name),
});

/** Zoom's ids are numbers on the wire, as long as they fit. */
const idOf = (id: string): number | string => (/^\d{1,15}$/.test(id) ? Number(id) : id);
