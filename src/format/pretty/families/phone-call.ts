import { between } from '../parts/amounts.ts';
import { call, party } from '../parts/calls.ts';
import { meetingNumber } from '../parts/meeting.ts';
import { id, spoken, text, textFrom } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';

const caller = party('caller');
const callee = party('callee');
const callId = also('call ', id('call_id'));
const how = also('', spoken('handup_result'));
const talked = also(
  'lasted ',
  either(between('answer_start_time', 'call_end_time'), between('ringing_start_time', 'call_end_time')),
);
const rang = also('rang ', between('ringing_start_time', 'call_end_time'));
const meeting = also('meeting ', (facts) => {
  const found = textFrom(facts, 'meeting_id');
  return found === undefined ? undefined : meetingNumber(found);
});

/** Calls while they last, told from the side that the event is about. */
export const PHONE_CALL: Sentences = {
  'phone.caller_ringing': say`${caller} calls ${callee}${callId}`,
  'phone.caller_connected': say`${caller} reached ${callee}${callId}`,
  'phone.caller_ended': say`call ${call} ended${talked}${how}${callId}`,
  'phone.caller_hold': say`${caller} put ${callee} on hold${callId}`,
  'phone.caller_unhold': say`${caller} took ${callee} off hold${callId}`,
  'phone.caller_mute': say`${caller} muted the call with ${callee}${callId}`,
  'phone.caller_unmute': say`${caller} unmuted the call with ${callee}${callId}`,
  'phone.caller_meeting_inviting': say`${caller} invited ${callee} from the call to a meeting${meeting}${callId}`,
  'phone.callee_ringing': say`${callee} is called by ${caller}${callId}`,
  'phone.callee_answered': say`${callee} answered ${caller}${callId}`,
  'phone.callee_ended': say`call ${call} ended${talked}${how}${callId}`,
  'phone.callee_hold': say`${callee} put ${caller} on hold${callId}`,
  'phone.callee_unhold': say`${callee} took ${caller} off hold${callId}`,
  'phone.callee_mute': say`${callee} muted the call with ${caller}${callId}`,
  'phone.callee_unmute': say`${callee} unmuted the call with ${caller}${callId}`,
  'phone.callee_meeting_inviting': say`${callee} invited ${caller} from the call to a meeting${meeting}${callId}`,
  'phone.callee_missed': say`${callee} missed a call of ${caller}${rang}${how}${callId}`,
  'phone.callee_rejected': say`${callee} rejected a call of ${caller}${rang}${how}${callId}`,
  'phone.callee_parked': say`${callee} parked the call of ${caller}${also('at ', text('park_code'))}${also('', text('park_failure_reason'))}${callId}`,
  'phone.blind_transfer_initiated': say`${party('owner')} transfers a call to ${either(text('transfer_phone_number'), words('someone'))}${also('failed: ', text('failure_reason'))}${callId}`,
  'phone.transfer_call_to_voicemail_initiated': say`${party('owner')} transfers a call to the voicemail of ${either(text('transfer_phone_number'), words('someone'))}${also('failed: ', text('failure_reason'))}${callId}`,
  'phone.conference_started': say`${party('owner')} started a conference${also('failed: ', text('failure_reason'))}${callId}`,
  'phone.emergency_alert': say`EMERGENCY: ${caller} called ${callee}${also('from ', text('emergency_address.address_line1'))}${also('', text('emergency_address.city'))}${also('site ', text('caller.site_name'))}${also('sent to ', text('deliver_to'))}${callId}`,
};
