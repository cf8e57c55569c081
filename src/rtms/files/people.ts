import type { StreamEvent } from '../stream/event-text.ts';
import { textOf } from '../wire/message.ts';

type Person = {
  readonly user_id: string;
  user_name?: string | undefined;
  channel_id?: string | undefined;
  readonly joined: string[];
  readonly left: string[];
};

/** Who was there, from joins, leaves and whoever was heard. */
export const createPeople = (earlier: unknown) => {
  const people = new Map<string, Person>();
  for (const one of Array.isArray(earlier) ? earlier : []) {
    const { user_id, user_name, joined, left } = (one ?? {}) as Partial<Person>;
    if (typeof user_id === 'string')
      people.set(user_id, { user_id, user_name, joined: joined ?? [], left: left ?? [] });
  }
  const person = (id: string): Person => {
    const known = people.get(id) ?? { user_id: id, joined: [], left: [] };
    people.set(id, known);
    return known;
  };
  return {
    see(id: string | undefined, name: string | undefined, channel?: string | undefined) {
      if (id === undefined || id === '') return;
      const one = person(id);
      one.user_name = name ?? one.user_name;
      one.channel_id = channel ?? one.channel_id;
    },
    hear({ event, event_ts, payload: { object } }: StreamEvent) {
      const id = textOf(object.user_id);
      if (id === undefined) return;
      this.see(id, textOf(object.user_name), textOf(object.channel_id));
      const at = new Date(event_ts).toISOString();
      if (event.endsWith('.participant_joined')) person(id).joined.push(at);
      if (event.endsWith('.participant_left')) person(id).left.push(at);
    },
    nameOf: (id: string): string | undefined => people.get(id)?.user_name,
    all: (): readonly Person[] => [...people.values()],
  };
};
