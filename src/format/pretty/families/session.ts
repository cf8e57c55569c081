import { firstText } from '../facts.ts';
import { between } from '../parts/amounts.ts';
import { files } from '../parts/files.ts';
import { meeting as session } from '../parts/meeting.ts';
import { operator, who } from '../parts/people.ts';
import { shared } from '../parts/shared.ts';
import { name, spoken, text, texts } from '../parts/text.ts';
import { also, either, type Part, type Sentences, say, words } from '../say.ts';

const user = who('user');
const content = shared('user');
const service = either(spoken('live_streaming.service'), words('a streaming service'));
const stream = either(name('stream_ingestion.stream_name'), text('stream_ingestion.stream_id'), words('a stream'));
const invitee = who('participant');
const number = also('', text('participant.phone_number'));
const system = also('', text('participant.device_ip'));
const inviter = either(text('inviter_name'), words('someone'));
const reason: Part = ({ object }) => firstText(object, ['user.leave_reason'])?.replace(/^.*Reason\s*:\s*/s, '');

/** The Video SDK. */
export const SESSION: Sentences = {
  'session.started': say`${session} started`,
  'session.ended': say`${session} ended${also('lasted ', between('start_time', 'end_time'))}`,
  'session.alert': say`${session} has trouble: ${either(texts('issues'), words('unknown'))}`,
  'session.user_joined': say`${user} joined ${session}`,
  'session.user_left': say`${user} left ${session}${also('', reason)}`,
  'session.sharing_started': say`${user} shares ${content} in ${session}`,
  'session.sharing_ended': say`${user} stopped sharing ${content} in ${session}`,
  'session.live_streaming_started': say`${session} is live on ${service}`,
  'session.live_streaming_stopped': say`${session} is no longer live on ${service}`,
  'session.stream_ingestion_connected': say`${stream} connected to ${session}`,
  'session.stream_ingestion_disconnected': say`${stream} disconnected from ${session}`,
  'session.stream_ingestion_started': say`${stream} started in ${session}`,
  'session.stream_ingestion_stopped': say`${stream} stopped in ${session}`,
  'session.stream_ingestion_unbind': say`${stream} was taken off ${session}`,
  'session.user_phone_callout_accepted': say`${invitee} accepted the call into ${session}${number}`,
  'session.user_phone_callout_canceled': say`the call of ${invitee} into ${session} was cancelled${number}`,
  'session.user_phone_callout_missed': say`${invitee} missed the call into ${session}${number}`,
  'session.user_phone_callout_rejected': say`${invitee} rejected the call into ${session}${number}`,
  'session.user_phone_callout_ringing': say`${invitee} is being called into ${session}${number}`,
  'session.user_room_system_callout_accepted': say`${inviter}’s call of a room system into ${session} was accepted${system}`,
  'session.user_room_system_callout_failed': say`${inviter}’s call of a room system into ${session} failed${also('reason ', text('reason_type'))}${system}`,
  'session.user_room_system_callout_missed': say`${inviter}’s call of a room system into ${session} was missed${system}`,
  'session.user_room_system_callout_rejected': say`${inviter}’s call of a room system into ${session} was rejected${system}`,
  'session.user_room_system_callout_ringing': say`${inviter} calls a room system into ${session}${system}`,
  'session.recording_started': say`recording of ${session} started`,
  'session.recording_paused': say`recording of ${session} paused`,
  'session.recording_resumed': say`recording of ${session} goes on`,
  'session.recording_stopped': say`recording of ${session} stopped`,
  'session.recording_completed': say`recording of ${session} is ready${also('', files('recording_files'))}`,
  'session.recording_summary_completed': say`summary of ${session} is ready${also('', files('recording_files'))}`,
  'session.recording_transcript_completed': say`transcript of ${session} is ready${also('', files('recording_files'))}`,
  'session.recording_transcript_failed': say`transcript of ${session} failed`,
  'session.recording_trashed': say`${operator} moved the recording of ${session} to the trash`,
  'session.recording_deleted': say`${operator} deleted the recording of ${session} for good`,
  'session.recording_recovered': say`${operator} recovered the recording of ${session}`,
};
