import type { Participant } from './mark.ts';

/** What tells one person from another, the surest first: the same in every stay, unlike `userId` and `uuid`. */
export const personKeys = ({ id, email, registrantId, customerKey, phone }: Participant): readonly string[] =>
  keys([
    ['id', id],
    ['email', email.toLowerCase()],
    ['registrant', registrantId],
    ['key', customerKey],
    ['phone', phone],
  ]);

/** What tells one stay from another, the surest first; a name comes last. */
export const stayKeys = (participant: Participant): readonly string[] => [
  ...keys([
    ['stay', participant.userId],
    ['uuid', participant.uuid],
  ]),
  ...personKeys(participant),
  ...keys([['name', participant.name]]),
];

/** Whether two mentions may be the same stay: nothing that both tell differs. */
export const mayBeSameStay = (a: Participant, b: Participant): boolean =>
  (['userId', 'id', 'email'] as const).every((field) => {
    const [left, right] = [a[field].toLowerCase(), b[field].toLowerCase()];
    return left === '' || right === '' || left === right;
  });

const keys = (pairs: readonly (readonly [kind: string, value: string])[]): readonly string[] =>
  pairs.filter(([, value]) => value !== '').map(([kind, value]) => `${kind}:${value}`);
