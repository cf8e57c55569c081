import { at, firstText } from '../facts.ts';
import { file } from '../parts/files.ts';
import { meeting } from '../parts/meeting.ts';
import { email, operator, who } from '../parts/people.ts';
import { shared } from '../parts/shared.ts';
import { quote, spoken, text } from '../parts/text.ts';
import { also, either, type Part, type Sentences, say, words } from '../say.ts';

const guest = who('participant');
const address: Part = (facts) => also('', email('participant.email'))(facts);
const content = shared('participant');

/** Zoom writes `Ada Lovelace left the meeting.<br>Reason: Host ended the meeting.` */
const reason: Part = ({ object }) =>
  firstText(object, ['participant.leave_reason'])
    ?.replace(/^.*Reason\s*:\s*/s, '')
    .replace(/<br>/g, ' ');

const invitee = who('participant');
const inviter = either(text('inviter_name'), words('someone'));
const system: Part = (facts) => also('', text('participant.device_ip'))(facts);

/** The failures that Zoom lists without a word for them are shown by their number. */
const failure: Part = (facts) => also('reason ', text('reason_type'))(facts);

/** Whether the feedback is good. */
const satisfied: Part = ({ object }) => {
  const found = at(object, 'participant.feedback.satisfied');
  return typeof found === 'boolean' ? (found ? 'satisfied' : 'not satisfied') : undefined;
};

const recipient = (path: string) =>
  either(text(`${path}.recipient_name`), spoken(`${path}.recipient_type`), words('someone'));
const sender = (path: string) => either(text(`${path}.sender_name`), text(`${path}.sender_email`), words('someone'));

/** What people do in a meeting or a webinar, by the second half of the event's name. */
export const PARTICIPANT: Sentences = {
  participant_joined: say`${guest} joined ${meeting}${address}`,
  participant_left: say`${guest} left ${meeting}${also('', reason)}${address}`,
  participant_admitted: say`${guest} was let into ${meeting}${address}`,
  participant_bind: say`${guest} also joined ${meeting} by phone${also('', text('participant.phone_number'))}`,
  participant_feedback: say`${guest} gave feedback on ${meeting}${also('', satisfied)}${also('', quote('participant.feedback.comments'))}`,
  participant_jbh_joined: say`${guest} joined ${meeting} before the host`,
  participant_jbh_waiting: say`${guest} waits for the host of ${meeting}`,
  participant_jbh_waiting_left: say`${guest} no longer waits for the host of ${meeting}`,
  participant_joined_breakout_room: say`${guest} joined a breakout room of ${meeting}${address}`,
  participant_left_breakout_room: say`${guest} left a breakout room of ${meeting}${also('', reason)}${address}`,
  participant_joined_waiting_room: say`${guest} is in the waiting room of ${meeting}${address}`,
  participant_left_waiting_room: say`${guest} left the waiting room of ${meeting}${address}`,
  participant_put_in_waiting_room: say`${guest} was put in the waiting room of ${meeting}${address}`,
  participant_role_changed: say`${guest} is now ${either(text('participant.new_role'), words('in another role'))} of ${meeting}${also('was ', text('participant.old_role'))}`,
  participant_phone_callout_accepted: say`${invitee} accepted the call into ${meeting}${also('', text('participant.phone_number'))}`,
  participant_phone_callout_missed: say`${invitee} missed the call into ${meeting}${also('', text('participant.phone_number'))}`,
  participant_phone_callout_rejected: say`${invitee} rejected the call into ${meeting}${also('', text('participant.phone_number'))}`,
  participant_phone_callout_ringing: say`${invitee} is being called into ${meeting}${also('', text('participant.phone_number'))}`,
  participant_room_system_callout_accepted: say`${inviter}’s call of a room system into ${meeting} was accepted${system}`,
  participant_room_system_callout_failed: say`${inviter}’s call of a room system into ${meeting} failed${failure}${system}`,
  participant_room_system_callout_missed: say`${inviter}’s call of a room system into ${meeting} was missed${system}`,
  participant_room_system_callout_rejected: say`${inviter}’s call of a room system into ${meeting} was rejected${system}`,
  participant_room_system_callout_ringing: say`${inviter} calls a room system into ${meeting}${system}`,
  sharing_started: say`${guest} shares ${content} in ${meeting}`,
  sharing_ended: say`${guest} stopped sharing ${content} in ${meeting}`,
  breakout_room_sharing_started: say`${guest} shares ${content} in a breakout room of ${meeting}`,
  breakout_room_sharing_ended: say`${guest} stopped sharing ${content} in a breakout room of ${meeting}`,
  chat_message_sent: say`${sender('chat_message')} to ${recipient('chat_message')}: ${either(quote('chat_message.message_content'), words('a message'))}${also('in ', meeting)}`,
  chat_message_file_sent: say`${sender('chat_message_file')} sent ${file('chat_message_file')} to ${recipient('chat_message_file')}${also('in ', meeting)}`,
  chat_message_file_downloaded: say`${operator} downloaded ${file('chat_message_file')}${also('in ', meeting)}`,
};
