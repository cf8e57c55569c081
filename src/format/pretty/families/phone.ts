import { count, seconds, secondsOfFirst } from '../parts/amounts.ts';
import { call, calls, party } from '../parts/calls.ts';
import { changes } from '../parts/changes.ts';
import { firstFile } from '../parts/files.ts';
import { people } from '../parts/people.ts';
import { first, id, name, quote, spoken, text, texts } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';

const callId = also('call ', id('call_id'));
const message = either(quote('message'), words('no text'));
const attachment = also('', firstFile('attachments'));
const changed = either(changes, words('settings'));
const consumer = either(first('phone_number_campaign_opt_statuses', 'consumer_phone_number'), words('someone'));
const ours = also('number ', first('phone_number_campaign_opt_statuses', 'zoom_phone_user_number'));
const logs = either(count('call_logs', 'call log'), count('call_log_ids', 'call log'), words('call logs'));
const voicemails = either(count('voice_mails', 'voicemail'), words('voicemails'));
const recordings = either(count('recordings', 'recording'), words('recordings'));
const ofRecording = either(calls('recordings'), words('a call'));
const length = also('', secondsOfFirst('recordings'));
const ofLog = either(calls('call_logs'), words('a call'));
const outcome = also('', either(first('call_logs', 'result'), first('call_logs', 'call_result')));
const talk = also('', secondsOfFirst('call_logs'));

/** What calls leave behind, text messages, and the phone system itself. */
export const PHONE: Sentences = {
  'phone.callee_call_log_completed': say`call log of the callee: ${ofLog}${outcome}${talk}`,
  'phone.caller_call_log_completed': say`call log of the caller: ${ofLog}${outcome}${talk}`,
  'phone.callee_call_history_completed': say`call history of the callee: ${ofLog}${outcome}${talk}`,
  'phone.caller_call_history_completed': say`call history of the caller: ${ofLog}${outcome}${talk}`,
  'phone.call_history_deleted': say`${logs} deleted${also('user ', id('user_id'))}`,
  'phone.call_log_deleted': say`${logs} moved to the trash${also('user ', id('user_id'))}`,
  'phone.call_log_permanently_deleted': say`${logs} deleted for good${also('user ', id('user_id'))}`,
  'phone.ai_call_summary_changed': say`the summary of call ${either(id('call_id'), words('unknown'))} was changed${also('user ', id('user_id'))}`,
  'phone.recording_started': say`recording of ${call} started${also('', spoken('recording_type'))}${callId}`,
  'phone.recording_paused': say`recording of ${call} paused${also('', spoken('recording_type'))}${callId}`,
  'phone.recording_resumed': say`recording of ${call} goes on${also('', spoken('recording_type'))}${callId}`,
  'phone.recording_stopped': say`recording of ${call} stopped${also('', spoken('recording_type'))}${callId}`,
  'phone.recording_failed': say`recording of ${call} failed${also('', spoken('recording_type'))}${callId}`,
  'phone.recording_completed': say`recording of ${ofRecording} is ready${length}`,
  'phone.recording_completed_for_access_member': say`recording of ${ofRecording} is ready for those with access${length}`,
  'phone.recording_transcript_completed': say`transcript of ${ofRecording} is ready${length}`,
  'phone.recording_deleted': say`${recordings} moved to the trash${also('call ', first('recordings', 'call_id'))}`,
  'phone.recording_permanently_deleted': say`${recordings} deleted for good${also('call ', first('recordings', 'call_id'))}`,
  'phone.voicemail_received': say`voicemail ${call}${also('', seconds('duration'))}${callId}`,
  'phone.voicemail_received_for_access_member': say`voicemail ${call}, for those with access${also('', seconds('duration'))}${callId}`,
  'phone.voicemail_transcript_completed': say`voicemail ${call}: ${either(quote('transcription.content'), words('no transcript'))}${callId}`,
  'phone.voicemail_deleted': say`${voicemails} moved to the trash${also('', first('voice_mails', 'id'))}`,
  'phone.voicemail_permanently_deleted': say`${voicemails} deleted for good${also('', first('voice_mails', 'id'))}`,
  'phone.sms_received': say`${party('sender')} to ${people('to_members')}: ${message}${attachment}`,
  'phone.sms_sent': say`${party('sender')} to ${people('to_members')}: ${message}${attachment}${also('failed: ', text('failure_reason'))}`,
  'phone.sms_sent_failed': say`${party('sender')} could not reach ${people('to_members')}: ${either(text('failure_reason'), words('no reason given'))}${also('', quote('message'))}`,
  'phone.sms_campaign_number_opt_in': say`${consumer} opted in to text messages${ours}`,
  'phone.sms_campaign_number_opt_out': say`${consumer} opted out of text messages${ours}`,
  'phone.sms_etiquette_block': say`a message of ${either(name('email'), words('someone'))} was blocked${also('policy ', text('policy_name'))}${also('', quote('message'))}`,
  'phone.sms_etiquette_warn': say`${either(name('email'), words('someone'))} was warned before a message${also('policy ', text('policy_name'))}${also('', quote('message'))}`,
  'phone.device_registration': say`device ${either(name('device_name'), id('device_id'), words('unknown'))} registered${also('', text('mac_address'))}`,
  'phone.generic_device_provision': say`device ${either(name('display_name'), id('id'), words('unknown'))} was provisioned${also('', text('device_type'))}${also('', text('mac_address'))}${also('site ', text('site.name'))}`,
  'phone.account_settings_updated': say`settings of the phone system changed: ${changed}`,
  'phone.group_settings_updated': say`settings of phone group ${either(id('group_id'), words('unknown'))} changed: ${changed}`,
  'phone.peering_number_cnam_updated': say`caller name of ${either(texts('phone_numbers'), words('some numbers'))} is now ${either(name('cnam'), words('empty'))}`,
  'phone.peering_number_emergency_address_updated': say`emergency address of ${either(texts('phone_numbers'), words('some numbers'))} is now ${either(text('emergency_address.address_line1'), words('another'))}${also('', text('emergency_address.city'))}`,
};
