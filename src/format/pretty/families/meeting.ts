import { between, count, minutes, when } from '../parts/amounts.ts';
import { changes } from '../parts/changes.ts';
import { meeting } from '../parts/meeting.ts';
import { email, operator, people, who } from '../parts/people.ts';
import { quote, spoken, text, texts } from '../parts/text.ts';
import { also, either, type Part, type Sentences, say, words } from '../say.ts';

const scheduled: Part = (facts) => also('for ', when('start_time'))(facts);
const lasting: Part = (facts) => also('', minutes('duration'))(facts);
const occurrences: Part = (facts) => also('', count('occurrences', 'occurrence'))(facts);
const guest = who('participant');
const registrant = who('registrant');

/** What happens to a meeting or a webinar as a whole, by the second half of the event's name. */
export const MEETING: Sentences = {
  alert: say`${meeting} has trouble: ${either(texts('issues'), words('unknown'))}`,
  converted_to_meeting: say`${operator} turned ${meeting} into a meeting${scheduled}`,
  converted_to_webinar: say`${operator} turned ${meeting} into a webinar${scheduled}`,
  created: say`${operator} scheduled ${meeting}${scheduled}${lasting}${occurrences}`,
  deleted: say`${operator} deleted ${meeting}${scheduled}${occurrences}`,
  permanently_deleted: say`${operator} deleted ${meeting} for good${scheduled}`,
  recovered: say`${operator} recovered ${meeting}${scheduled}`,
  updated: say`${operator} changed ${meeting}${also('', changes)}`,
  started: say`${meeting} started${also('planned for ', minutes('duration'))}`,
  ended: say`${meeting} ended${also('lasted ', between('start_time', 'end_time'))}`,
  live_streaming_started: say`${meeting} is live on ${either(spoken('live_streaming.service'), words('a streaming service'))}`,
  live_streaming_stopped: say`${meeting} is no longer live on ${either(spoken('live_streaming.service'), words('a streaming service'))}`,
  risk_alert: say`${meeting} was posted in public${also('on ', text('armn_details.post_platform'))}${also('by ', text('armn_details.post_user'))}${also('', text('armn_details.social_link'))}`,
  device_tested: say`${who('test_result')} tested devices in ${meeting}${also('camera ', text('test_result.camera_status'))}${also('microphone ', text('test_result.microphone_status'))}${also('speaker ', text('test_result.speaker_status'))}${also('', text('test_result.os'))}`,
  invitation_accepted: say`${guest} accepted the invitation to ${meeting}`,
  invitation_dispatched: say`${guest} was invited to ${meeting}`,
  invitation_rejected: say`${guest} rejected the invitation to ${meeting}`,
  invitation_timeout: say`${guest} did not answer the invitation to ${meeting}`,
  registration_created: say`${registrant} registered for ${meeting}${also('', spoken('registrant.status'))}${also('', email('registrant.email'))}${also('', text('registrant.org'))}`,
  registration_approved: say`${registrant} may come to ${meeting}${also('approved by ', operator)}${also('', email('registrant.email'))}`,
  registration_cancelled: say`${registrant} is no longer registered for ${meeting}${also('', email('registrant.email'))}`,
  registration_denied: say`${registrant} may not come to ${meeting}${also('denied by ', operator)}${also('', email('registrant.email'))}`,
  summary_completed: say`summary of ${meeting} is ready${also('', quote('summary_overview'))}`,
  summary_deleted: say`${operator} deleted the summary of ${meeting} for good`,
  summary_recovered: say`${operator} recovered the summary of ${meeting}`,
  summary_shared: say`${operator} shared the summary of ${meeting} with ${people('share_with_users')}`,
  summary_trashed: say`${operator} deleted the summary of ${meeting}`,
  summary_updated: say`${either(text('summary_last_modified_user_email'), operator)} edited the summary of ${meeting}${also('', quote('edited_summary.summary_overview'))}`,
};
