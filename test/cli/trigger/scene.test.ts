import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/catalogue/index.ts';
import { idOf, triggerScene } from '../../../src/cli/trigger/scene.ts';
import { setting } from '../../../src/cli/trigger/set-value.ts';

const NOW = Date.UTC(2026, 10, 22, 1, 42);
const of = (id: string | undefined, round = 0, seed = 1) =>
  triggerScene({ id, round, random: seededRandom(seed), now: NOW });

test('the same id is the same meeting with the same people, whatever chance says', () => {
  expect(of('85212345678', 0, 1)).toEqual(of('85212345678', 0, 2));
  expect(of('85212345678').scene.meeting.number).toBe('85212345678');
  expect(of('85212345679').scene.meeting.uuid).not.toBe(of('85212345678').scene.meeting.uuid);
});

test('each round has another guest of the same host, each with a stay of their own', () => {
  const rounds = Array.from({ length: 9 }, (_, round) => of('85212345678', round));
  expect(new Set(rounds.map(({ scene }) => scene.people[0].id)).size).toBe(1);
  expect(new Set(rounds.map(({ scene }) => scene.people[1]?.id)).size).toBe(9);
  expect(new Set(rounds.map(({ stay }) => stay)).size).toBe(9);
});

test('without an id each is a new meeting, of people of the same account', () => {
  const [one, other] = [of(undefined, 0, 1).scene, of(undefined, 0, 2).scene];
  expect(one.meeting.number).not.toBe(other.meeting.number);
  const ids = ({ people }: typeof one) => people.map(({ id }) => id).sort();
  expect(ids(one)).toEqual(ids(other));
});

test.each([
  [['topic=x', 'id=1'], '1'],
  [['uuid=u==', 'id=1'], '1'],
  [['payload.object.meeting_id=2'], '2'],
  [['uuid=u=='], 'u=='],
  [['participant.id=3'], undefined],
])('of %j the id is %s', (typed, expected) => {
  expect(idOf(typed.map(setting))).toBe(expected);
});
