import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Complaint } from '../../../src/config/flag.ts';
import { parseCondition } from '../../../src/flow/match/condition.ts';

const spelt = (text: string): string => {
  const {
    path,
    test: { ...wanted },
  } = parseCondition(text);
  return `${path.map(({ key, arrays }) => key + '[]'.repeat(arrays)).join('.')} ${JSON.stringify(wanted)}`;
};

test.each([
  ['topic=a', 'payload.object.topic {"kind":"compare","operator":"=","value":"a"}'],
  ['topic=', 'payload.object.topic {"kind":"compare","operator":"=","value":""}'],
  ['topic!=', 'payload.object.topic {"kind":"compare","operator":"!=","value":""}'],
  ['topic=a=b', 'payload.object.topic {"kind":"compare","operator":"=","value":"a=b"}'],
  ['topic==b', 'payload.object.topic {"kind":"compare","operator":"=","value":"=b"}'],
  ['topic!=a~b', 'payload.object.topic {"kind":"compare","operator":"!=","value":"a~b"}'],
  ['duration<=5', 'payload.object.duration {"kind":"compare","operator":"<=","value":"5"}'],
  ['duration=<5', 'payload.object.duration {"kind":"compare","operator":"=","value":"<5"}'],
  ['duration > 10', 'payload.object.duration {"kind":"compare","operator":">","value":"10"}'],
  ['topic= a', 'payload.object.topic {"kind":"compare","operator":"=","value":" a"}'],
  ['topic', 'payload.object.topic {"kind":"present"}'],
  ['!topic', 'payload.object.topic {"kind":"absent"}'],
  ['event=a', 'event {"kind":"compare","operator":"=","value":"a"}'],
  ['event_ts>1', 'event_ts {"kind":"compare","operator":">","value":"1"}'],
  ['event_tsx>1', 'payload.object.event_tsx {"kind":"compare","operator":">","value":"1"}'],
  ['events>1', 'payload.object.events {"kind":"compare","operator":">","value":"1"}'],
  ['payload.account_id=x', 'payload.account_id {"kind":"compare","operator":"=","value":"x"}'],
  ['_meta.lag_ms>9', '_meta.lag_ms {"kind":"compare","operator":">","value":"9"}'],
  ['object.id=1', 'payload.object.object.id {"kind":"compare","operator":"=","value":"1"}'],
  ['files[].type=MP4', 'payload.object.files[].type {"kind":"compare","operator":"=","value":"MP4"}'],
  ['grid[][]=1', 'payload.object.grid[][] {"kind":"compare","operator":"=","value":"1"}'],
  ['!files[]', 'payload.object.files[] {"kind":"absent"}'],
  ["'id=1'", 'payload.object.id {"kind":"compare","operator":"=","value":"1"}'],
])('reads %s', (text, expected) => {
  expect(spelt(text)).toBe(expected);
});

test.each([
  ['=x', 'expected the path of a field here\n=x\n^'],
  ['!', 'expected the path of a field here\n!\n ^'],
  ['a..b=1', 'expected the name of a field\na..b=1\n  ^'],
  ['.a=1', 'expected the name of a field\n.a=1\n^'],
  ['a[0].b=1', 'expected "[]", which walks a whole array, at the end of a name\na[0].b=1\n ^'],
  ['a[]b=1', 'expected "[]", which walks a whole array, at the end of a name\na[]b=1\n   ^'],
  ['a]=1', 'expected "[]", which walks a whole array, at the end of a name\na]=1\n ^'],
  ['!a=1', 'expected path!=value, path!~pattern or !path\n!a=1\n^'],
  ['!!a', 'expected path!=value, path!~pattern or !path\n!!a\n ^'],
  ['a<', 'expected a value after "<"\na<\n  ^'],
  ['a~', 'expected a regular expression after "~"\na~\n  ^'],
  ['topic~(', 'this is no regular expression of JavaScript (unterminated group)\ntopic~(\n      ^'],
  ["'topic~('", "this is no regular expression of JavaScript (unterminated group)\n'topic~('\n       ^"],
  ['   ', 'expected a condition, such as topic=Standup'],
])('puts the caret under what is wrong in %s', (text, message) => {
  expect(() => parseCondition(text)).toThrow(new Complaint(message));
});

test.each([
  ['topic~a(?=b)', 'lookaround', 8],
  ['topic!~(a)\\1', 'a back-reference', 11],
  ["'topic~a{1001}'", 'more than 1000 repetitions', 9],
])('refuses %s, with the reason and a caret', (text, why, column) => {
  const reason = `${why} cannot be had: a search takes time in proportion to the text, whatever it holds`;
  expect(() => parseCondition(text)).toThrow(new Complaint(`${reason}\n${text}\n${' '.repeat(column - 1)}^`));
});

test('uses the u flag: one emoji is one character, and a stray escape is an error', () => {
  const { test: wanted } = parseCondition('topic~^.$');
  expect(wanted.kind === 'pattern' && wanted.pattern.regexp.test('💥')).toBe(true);
  expect(() => parseCondition('topic~\\-')).toThrow(Complaint);
});

test('keeps the caret under the place in a long line, and counts wide characters as two columns', () => {
  const long = `${'a.'.repeat(60)}!b=1`;
  const [, text = '', caret = ''] = messageOf(long).split('\n');
  expect(text.length).toBeLessThan(76);
  expect(text[caret.indexOf('^')]).toBe('!');
  expect(messageOf('会議..x=1').split('\n')[2]).toBe(`${' '.repeat(5)}^`);
});

const messageOf = (text: string): string => {
  try {
    parseCondition(text);
  } catch (error) {
    if (error instanceof Complaint) return error.message;
  }
  return '';
};

test('throws nothing but a Complaint', () => {
  const unit = fc.oneof(
    fc.constantFrom('a', '.', '[', ']', '!', '=', '~', '<', '>', ' ', '(', '\\', "'"),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      try {
        parseCondition(text);
      } catch (error) {
        expect(error).toBeInstanceOf(Complaint);
      }
    }),
    { numRuns: 2000 },
  );
});
