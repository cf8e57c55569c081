import { changes } from '../parts/changes.ts';
import { email, operator, who } from '../parts/people.ts';
import { choose, quote, spoken, text } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';

const user = who('');
const address = also('', email('email'));
const license = also('', choose('type', { 1: 'basic', 2: 'licensed', 3: 'on-prem' }));
const client = also('', spoken('client_type'));

export const USER: Sentences = {
  'user.created': say`${operator} created ${user}${license}${also('', spoken('payload.creation_type'))}${address}`,
  'user.invitation_accepted': say`${user} accepted the invitation to the account${license}${address}`,
  'user.activated': say`${operator} activated ${user}${license}${address}`,
  'user.deactivated': say`${operator} deactivated ${user}${license}${address}`,
  'user.deleted': say`${operator} deleted ${user}${license}${address}`,
  'user.disassociated': say`${operator} disassociated ${user} from the account${license}${address}`,
  'user.updated': say`${operator} changed ${user}${also('', spoken('payload.operation'))}${also('', changes)}`,
  'user.settings_updated': say`${operator} changed settings of ${user}: ${either(changes, words('unknown'))}`,
  'user.personal_notes_updated': say`${user} noted ${either(quote('personal_notes'), words('nothing'))}${also('was ', quote('old.personal_notes'))}`,
  'user.presence_status_updated': say`${user} is ${either(spoken('presence_status'), words('somewhere'))}${also('', spoken('app.type'))}`,
  'user.signed_in': say`${user} signed in${client}${also('version ', text('version'))}`,
  'user.signed_out': say`${user} signed out${client}${also('version ', text('version'))}`,
  'user.tsp_created': say`${operator} gave ${user} telephone conferencing${also('bridge ', text('tsp_credentials.tsp_bridge'))}`,
  'user.tsp_deleted': say`${operator} took telephone conferencing from ${user}${also('bridge ', text('tsp_credentials.tsp_bridge'))}`,
  'user.tsp_updated': say`${operator} changed telephone conferencing of ${user}${also('bridge ', text('tsp_credentials.tsp_bridge'))}`,
};
