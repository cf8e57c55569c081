import {
  Complaint,
  count,
  duration,
  type Flags,
  listFlag,
  text,
  toggle,
  type Values,
  valueFlag,
} from '../../config/flag.ts';
import { readFlags } from '../../config/read-flags.ts';
import { FORWARD_SECRET_FLAGS, WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { ZoomWsError } from '../../errors.ts';
import type { FaultPlan } from '../../simulator/index.ts';
import type { Command } from '../command.ts';
import { FORWARD_FLAGS } from '../shared/forward-flags.ts';
import { untilStopped } from '../shared/interrupt.ts';
import { prepareForward } from '../shared/prepare-forward.ts';
import { DOTENV_FLAGS, refuse } from '../shared/settings.ts';
import { FAULT_NOTES, fault } from '../simulate/flags.ts';
import { simulatorUrl, USUAL_URL } from './control-client.ts';
import { setting } from './set-value.ts';

/** `none` ends every fault. */
const faultOrNone = (value: string): FaultPlan | 'none' => {
  if (value === 'none') return 'none';
  try {
    return fault(value);
  } catch (error) {
    throw error instanceof Complaint ? new Complaint(error.message.replace('one of ', 'none or one of ')) : error;
  }
};

const EVENT_FLAGS = {
  set: listFlag({
    spelling: '--set <path=value>',
    help: 'change a field: topic=Budget, duration=45; repeatable; paths as in --where',
    commas: false,
    parse: setting,
  }),
  count: valueFlag({
    spelling: '--count <n>',
    help: 'send this many, each a new sample',
    parse: count(1),
    default: '1',
  }),
  from: valueFlag({
    spelling: '--from <file>',
    help: 'send the events of a file (JSON, or a recording; - for stdin) instead of a sample',
    parse: text,
  }),
  wait: valueFlag({
    spelling: '--wait <duration>',
    help: 'wait this long at most for a client to be connected',
    parse: duration,
  }),
  fault: listFlag({
    spelling: '--fault <name[:when]>',
    help: 'make something go wrong now, or after a time: drop, drop:10s; none ends all faults',
    commas: true,
    parse: faultOrNone,
  }),
} satisfies Flags;

const URL_FLAGS = {
  url: valueFlag({
    spelling: '--url <url>',
    help: 'where the simulator is',
    parse: simulatorUrl,
    shownDefault: `the exported settings, else ${USUAL_URL}`,
  }),
  ...DOTENV_FLAGS,
} satisfies Flags;

const { forwardTo, forwardHeader, forwardUnsigned, forwardInsecure, forwardTimeout, forwardResponse } = FORWARD_FLAGS;

const SENDER_FLAGS = {
  forwardTo: { ...forwardTo, help: 'post the event to this handler, signed as Zoom signs; no simulator is needed' },
  age: valueFlag({ spelling: '--age <duration>', help: 'with a timestamp that is so old', parse: duration }),
  badSignature: toggle({ spelling: '--bad-signature', help: 'with a wrong signature' }),
  ...{ forwardHeader, forwardUnsigned, forwardInsecure, forwardTimeout, forwardResponse },
} satisfies Flags;

export const command: Command = {
  words: '[event]',
  flags: [
    { title: 'What happens:', flags: EVENT_FLAGS },
    { title: 'Where:', flags: URL_FLAGS },
    { title: 'To a webhook handler:', flags: { ...SENDER_FLAGS, ...FORWARD_SECRET_FLAGS, ...WEBHOOK_SECRET_FLAGS } },
  ],
  examples: [
    ['zoom-ws trigger meeting.started', 'a meeting begins, for everyone who is connected'],
    ["zoom-ws trigger meeting.started --set topic='All hands' --set id=123", 'with a topic and a number of your own'],
    ['zoom-ws trigger recording.completed --count 100', 'a hundred different ones'],
    ['zoom-ws trigger --from event.json', 'an event of your own, documented or not'],
    ['zoom-ws trigger meeting.started --wait 10s', 'as soon as somebody is connected'],
    ['zoom-ws trigger meeting.started --forward-to 3000/webhook', 'to a handler of yours, without any simulator'],
    ['zoom-ws trigger endpoint.url_validation --forward-to 3000/webhook', 'is a challenge answered right?'],
    ['zoom-ws trigger --fault drop', 'the connection breaks'],
  ],
  notes: `A documented string field stays a string (id=123 of meeting.started); other values are JSON where they look like it.
With an event and --from, the events of that type are sent; the only event of a file takes the name.
An event that nobody receives is gone, as with Zoom: exit 1. --wait 5s waits for somebody to be connected.

${FAULT_NOTES}
Those of a connection meet everyone who is connected, once; those of requests hold for what comes next.

Exit codes: 0 sent (a fault: whoever it meets), 1 nobody received the event, or no simulator is running, 2 wrong usage or an unknown event type.`,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    const { values, complaints } = readFlags({ ...EVENT_FLAGS, ...URL_FLAGS, ...SENDER_FLAGS }, typed);
    const all = [...complaints, ...senderComplaints(values)];
    const target = readFlags(FORWARD_FLAGS, typed).values;
    const forward = await prepareForward(host, invocation, target, { command: 'trigger', isRedacted: false }, all);
    refuse(all);
    const [type, ...more] = words;
    if (more.length > 0) {
      throw new ZoomWsError('usage', `One event at a time: "${more.join(' ')}" is too much.`, {
        hint: 'Put a value with spaces in quotes: --set topic="All hands".',
      });
    }
    const sends = type !== undefined || values.from !== undefined;
    if (!sends && (values.fault.length === 0 || values.set.length > 0)) {
      throw new ZoomWsError('usage', 'Nothing to trigger: no event and no fault is named.', {
        hint: 'Such as "zoom-ws trigger meeting.started", or "zoom-ws trigger --fault drop". "zoom-ws events" lists the events.',
      });
    }
    if (forward !== undefined) {
      if (!sends) throw nothingToPost();
      const { forwardEvents } = await import('./forward.ts');
      const wishes = { ...values, type, settings: values.set };
      const flaws = { ageMs: values.age ?? 0, isWronglySigned: values.badSignature };
      return untilStopped(host, async (signal) => {
        const wrong = await forwardEvents(host, notify, forward, wishes, flaws, signal);
        if (wrong !== undefined) throw wrong;
      });
    }
    const { findSimulator } = await import('./control-client.ts');
    const url = values.url ?? (await findSimulator(host, notify, values.dotenv));
    const { sendEvents, sendFaults } = await import('./run.ts');
    return untilStopped(host, async (signal) => {
      const wishes = { ...values, type, settings: values.set };
      const unheard = sends ? await sendEvents(host, notify, url, wishes, values.wait, signal) : undefined;
      await sendFaults(notify, url, values.fault, signal);
      if (unheard !== undefined) throw unheard;
    });
  },
};

type Sender = Values<typeof SENDER_FLAGS & typeof EVENT_FLAGS & typeof URL_FLAGS>;

/** What only makes sense with a handler, and what only makes sense with a simulator. */
const senderComplaints = (values: Sender): readonly string[] => {
  const { forwardTo: target, age, badSignature, url, wait, fault: faults } = values;
  if (target === undefined) {
    return age !== undefined || badSignature ? ['--age and --bad-signature go with --forward-to <url>.'] : [];
  }
  return url !== undefined || wait !== undefined || faults.length > 0
    ? ['--url, --wait and --fault speak to a simulator, --forward-to to a handler: give one of them.']
    : [];
};

const nothingToPost = (): ZoomWsError =>
  new ZoomWsError('usage', 'Nothing to post: no event is named.', {
    hint: 'Such as "zoom-ws trigger meeting.started --forward-to 3000/webhook".',
  });
