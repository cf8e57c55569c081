import { count, minutes } from '../parts/amounts.ts';
import { files } from '../parts/files.ts';
import { meeting } from '../parts/meeting.ts';
import { email, operator, who } from '../parts/people.ts';
import { spoken, text } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';

const contents = also('', files('recording_files'));
const registrant = who('registrant');

export const RECORDING: Sentences = {
  'recording.started': say`recording of ${meeting} started`,
  'recording.paused': say`recording of ${meeting} paused`,
  'recording.resumed': say`recording of ${meeting} goes on`,
  'recording.stopped': say`recording of ${meeting} stopped`,
  'recording.completed': say`recording of ${meeting} is ready${contents}${also('', minutes('duration'))}`,
  'recording.transcript_completed': say`transcript of ${meeting} is ready${contents}`,
  'recording.archive_files_completed': say`archive of ${meeting} is ready${also('', files('archive_files'))}`,
  'recording.renamed': say`${operator} renamed a recording to ${meeting}${also('was ', text('old.topic'))}`,
  'recording.trashed': say`${operator} moved the recording of ${meeting} to the trash${contents}`,
  'recording.deleted': say`${operator} deleted the recording of ${meeting} for good${contents}`,
  'recording.recovered': say`${operator} recovered the recording of ${meeting}${contents}`,
  'recording.batch_trashed': say`${operator} moved the recordings of ${either(count('meeting_uuids', 'meeting'), words('some meetings'))} to the trash${also('', spoken('payload.operation'))}`,
  'recording.batch_deleted': say`${operator} deleted the recordings of ${either(count('meetings', 'meeting'), words('some meetings'))} for good`,
  'recording.batch_recovered': say`${operator} recovered the recordings of ${either(count('meetings', 'meeting'), words('some meetings'))}`,
  'recording.cloud_storage_usage_updated': say`cloud storage: ${either(text('storage_used'), words('unknown'))} used${also('', text('storage_used_percentage'), ' %')}${also('', text('free_storage'), ' free')}${also('', text('plan_type'))}`,
  'recording.registration_created': say`${registrant} asks to see the recording of ${meeting}${also('', spoken('registrant.status'))}${also('', email('registrant.email'))}`,
  'recording.registration_approved': say`${registrant} may see the recording of ${meeting}${also('', email('registrant.email'))}`,
  'recording.registration_denied': say`${registrant} may not see the recording of ${meeting}${also('', email('registrant.email'))}`,
};
