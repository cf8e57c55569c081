import { MESSAGES, TOPICS } from './names.ts';
import type { Rule, Slot } from './rule.ts';

/** Fields that name a thing: a meeting, a call, a channel, a message. */
export const THING_RULES: readonly Rule[] = [
  [/(^|[._])(account_?[iI]d|host_account_id|org_id)$/, ({ scene }) => scene.accountId],
  [/^payload\.(old_)?object\.(id|meeting_id|webinar_id|parent_meeting_id)$/, (slot) => idOfObject(slot)],
  [
    /(object|payload|meetings\[\]|meeting|webinar)[._](meeting_|webinar_)?uuids?(\[\])?$|recording_files\[\]\.meeting_id$/,
    ({ scene }) => scene.meeting.uuid,
  ],
  [/\.(topic|meeting_topic|summary_title)$/, ({ scene }) => scene.meeting.topic],
  [/meeting_id$|\.pmi$/, ({ scene }) => scene.meeting.number],
  [/(sender|recipient)_session_id$|breakout_room_uuid$/, ({ draw }) => draw.guid()],
  [/\.session_id$/, ({ scene }) => scene.sessionId],
  [/session_name$/, ({ scene }) => scene.meeting.topic],
  [/channel\.channel_name$|channel_?[nN]ame$/, ({ scene }) => scene.channelName],
  [/channel_id$/, ({ scene }) => scene.channelId],
  [
    /^payload\.object\.name$/,
    ({ type, scene }) =>
      type.startsWith('group') ? 'Sales' : type.includes('emoji') ? 'party-parrot' : scene.channelName,
  ],
  [/^payload\.old_object\.name$/, () => 'Sales EMEA'],
  [/\.meeting_id$/, ({ scene }) => scene.meeting.number],
  [/call_id$/, ({ scene }) => scene.callId],
  [/(call_log|call_history|call_path|recording|voicemail|conference)_ids?(\[\])?$/, ({ draw }) => guidLow(draw.guid())],
  [/(message|msg|parent_msg|main_message)_?[iI]d$/, ({ draw }) => draw.guid()],
  [/file_ids?(\[\])?$/, ({ draw }) => draw.id()],
  [/rtms_stream_id$|stream_id$/, ({ draw }) => draw.hex(32)],
  [/\.(message|message_content|comments|transcription\.content)$/, ({ draw }) => draw.pick(MESSAGES)],
  [/\.emoji$/, () => 'U+1F44D'],
  [/(agenda|description)$/, ({ draw }) => draw.pick(TOPICS)],
  [/space_name$/, () => 'Project Atlas'],
  [/org_name$|account_name$|company$|\.org$/, () => 'Example Corp'],
  [/policy_name$/, () => 'Legal and sales apart'],
  [/app_name$/, () => 'Notes for Zoom'],
  [/\.cmd$/, () => 'weather Berlin'],
];

const idOfObject = ({ type, path, scene, draw }: Slot): string => {
  if (/^(meeting|webinar|recording)\./.test(type) || /_callout_|meeting_inviting/.test(type))
    return scene.meeting.number;
  if (type.startsWith('session.')) return scene.sessionId;
  if (/^(chat_channel|team_chat)\./.test(type)) return scene.channelId;
  if (type.startsWith('user.')) return (scene.people[1] ?? scene.people[0]).id;
  if (type.startsWith('account.')) return scene.accountId;
  return path.endsWith('.id') && type.startsWith('phone.') ? guidLow(draw.guid()) : draw.id();
};

const guidLow = (guid: string): string => guid.toLowerCase();
