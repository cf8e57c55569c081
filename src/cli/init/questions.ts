import type { Flag } from '../../config/flag.ts';
import { readFlags, type Typed } from '../../config/read-flags.ts';
import type { WrittenName } from '../../config/written.ts';
import { wrongValues } from '../../config/wrong-values.ts';
import { EVENT_SUBSCRIPTIONS, MARKETPLACE } from '../../zoom/marketplace.ts';
import { SETTINGS_FLAGS } from './flags.ts';
import type { Prompter } from './prompter.ts';

type Question = {
  readonly name: 'subscriptionId' | 'accountId' | 'clientId' | 'clientSecret';
  readonly what: WrittenName;
  readonly text: string;
  readonly isOptional?: boolean;
};

const QUESTIONS: readonly Question[] = [
  { name: 'subscriptionId', what: 'subscription id', text: 'Endpoint URL (or subscription id): ' },
  { name: 'accountId', what: 'account id', text: 'Account ID (empty for a General app): ', isOptional: true },
  { name: 'clientId', what: 'client id', text: 'Client ID: ' },
  { name: 'clientSecret', what: 'client secret', text: 'Client Secret (not shown): ' },
];

const WHERE = `The endpoint URL is at ${EVENT_SUBSCRIPTIONS}, method WebSocket;
ids and secret are at ${MARKETPLACE}, App Credentials.

`;

/** What is asked on the terminal: everything that is not `known` yet. Asks again where an answer cannot be right. */
export const askForSettings = async (
  known: ReadonlySet<string>,
  prompter: Prompter,
  say: (text: string) => void,
): Promise<Typed> => {
  const open = QUESTIONS.filter(({ name }) => !known.has(name));
  if (open.length > 0) say(WHERE);
  const typed: Record<string, unknown> = {};
  for (const question of open) typed[question.name] = await answerTo(question, prompter, say);
  return typed;
};

const answerTo = async (question: Question, prompter: Prompter, say: (text: string) => void): Promise<unknown> => {
  const flag: Flag = SETTINGS_FLAGS[question.name];
  for (;;) {
    const answer = (await prompter.ask(question.text, flag.secret ? 'secret' : 'shown')).trim();
    const complaint =
      answer === '' ? (question.isOptional ? undefined : 'It is needed.') : complaintOf(question, answer);
    if (complaint === undefined) return flag.kind === 'list' ? [answer] : answer;
    say(`${complaint}\n`);
  }
};

const complaintOf = ({ name, what }: Question, answer: string): string | undefined => {
  const flag: Flag = SETTINGS_FLAGS[name];
  const typed = flag.kind === 'list' ? [answer] : answer;
  const { complaints, values } = readFlags({ [name]: flag }, { [name]: typed });
  const [complaint] = complaints;
  if (complaint !== undefined) return complaint;
  const origin = { place: 'as typed', rank: 0, source: 'flag' } as const;
  const wrong = wrongValues([{ what, text: answer, origin }]).find(({ isCertain }) => isCertain);
  if (wrong) return `${wrong.text.slice(0, 1).toUpperCase()}${wrong.text.slice(1)}.`;
  const found: unknown = values[name];
  const isWhole = !Array.isArray(found) || found.every((one: { readonly id?: string }) => one.id !== undefined);
  return isWhole ? undefined : 'Expected the URL to hold "subscriptionId=".';
};
