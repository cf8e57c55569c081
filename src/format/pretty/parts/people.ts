import { at, firstText, listAt, textAt } from '../facts.ts';
import type { Part } from '../say.ts';
import { faint, type Span, strong } from '../span.ts';

/** How Zoom's families call the name of a person, the best first; then what else tells who it is. */
const NAMES = ['user_name', 'display_name', 'userName', 'invitee_name', 'name'];
const ADDRESSES = [
  'email',
  'user_email',
  'contact_email',
  'phone_number',
  'participant_user_id',
  'id',
  'user_id',
  'userId',
];

/** The name of a person as some object of the payload tells it. */
const nameOf = (person: unknown): string | undefined => {
  const name = firstText(person, NAMES);
  if (name !== undefined) return name;
  const full = [textAt(person, 'first_name'), textAt(person, 'last_name')]
    .filter((part) => part !== undefined)
    .join(' ');
  return full === '' ? firstText(person, ADDRESSES) : full;
};

/** The person at a path of `payload.object`; the object itself with ''. */
export const who =
  (path: string): Part =>
  ({ object }) =>
    strong(nameOf(path === '' ? object : at(object, path)) ?? 'someone');

/** Who did it, as the payload says; an e-mail address, mostly. */
export const operator: Part = ({ payload, event }) =>
  strong(firstText(payload, ['operator', 'operator_id']) ?? firstText(event, ['operator', 'operator_id']) ?? 'someone');

/** The address of someone whose name was given: `<ada@example.com>`. */
export const email =
  (path: string): Part =>
  ({ object }) => {
    const found = textAt(object, path);
    return found === undefined ? undefined : faint(`<${found}>`);
  };

/** How many names are listed before the rest is counted. */
const LISTED = 3;

/** Ada, Grace and 3 more. */
export const people =
  (path: string): Part =>
  ({ object }) =>
    listed(
      listAt(object, path).map((person) => nameOf(person) ?? 'someone'),
      'someone',
    );

/** One or more names with what stands between them; the `empty` word where there are none. */
const listed = (names: readonly string[], empty: string): readonly Span[] => {
  const shown = names.slice(0, names.length > LISTED + 1 ? LISTED : LISTED + 1);
  const rest = names.length - shown.length;
  const items = rest > 0 ? [...shown, `${rest} more`] : shown;
  if (items.length === 0) return [{ text: empty, tone: 'plain' }];
  return items.flatMap((item, index): Span[] => {
    const between = index === 0 ? '' : index === items.length - 1 ? ' and ' : ', ';
    return [{ text: between, tone: 'plain' }, strong(item)];
  });
};
