import { listAt, textAt } from '../facts.ts';
import { file, firstFile } from '../parts/files.ts';
import { operator, people, who } from '../parts/people.ts';
import { text, textFrom } from '../parts/text.ts';
import { also, either, type Part, type Sentences, say, words } from '../say.ts';
import { strong } from '../span.ts';
import { place } from './chat.ts';

const someFile = either(firstFile('files'), words('a file'));
const organization = also('', text('organization.org_name'));
const invitee = who('invitee');
const requester = who('requester');
const by = also('by ', people('inviters'));

/** `U+1F44D` → 👍. */
const emoji: Part = (facts) => {
  const found = textFrom(facts, 'emoji');
  const points = found?.split(/\s+|(?=U\+)/).map((point) => Number.parseInt(point.replace(/^U\+/, ''), 16));
  if (!found?.startsWith('U+') || !points?.every((point) => point >= 0x20a0 && point <= 0x1ffff)) return found;
  return String.fromCodePoint(...points);
};

/** What was starred: the channel or the person. */
const starred: Part = ({ object }) => {
  const [item] = listAt(object, 'items');
  return strong(textAt(item, 'contact_email') ?? textAt(item, 'channel_id') ?? 'something');
};

/** Reactions, files, and who may come into a channel. */
export const TEAM_CHAT_MORE: Sentences = {
  'team_chat.channel_reaction_added': say`${operator} reacted with ${emoji} in channel ${place}`,
  'team_chat.channel_reaction_removed': say`${operator} took back ${emoji} in channel ${place}`,
  'team_chat.dm_reaction_added': say`${operator} reacted with ${emoji} to ${place}`,
  'team_chat.dm_reaction_removed': say`${operator} took back ${emoji} to ${place}`,
  'team_chat.file_uploaded': say`${operator} uploaded ${someFile}`,
  'team_chat.file_changed': say`${operator} changed ${someFile}`,
  'team_chat.file_deleted': say`${operator} deleted ${someFile}`,
  'team_chat.file_downloaded': say`${operator} downloaded ${file('file')} from ${place}`,
  'team_chat.file_shared': say`${operator} shared ${someFile} with ${place}`,
  'team_chat.file_unshared': say`${operator} no longer shares ${someFile} with ${place}`,
  'team_chat.starred': say`${operator} starred ${starred}`,
  'team_chat.unstarred': say`${operator} unstarred ${starred}`,
  'team_chat.channel_invitation_created': say`${operator} invited ${invitee} to channel ${place}${organization}`,
  'team_chat.channel_invitation_approval_requested': say`${invitee} waits for approval to come to channel ${place}${by}${organization}`,
  'team_chat.channel_invitation_approved': say`${operator} approved the invitation of ${invitee} to channel ${place}${by}${organization}`,
  'team_chat.channel_invitation_declined': say`${operator} declined the invitation of ${invitee} to channel ${place}${by}${organization}`,
  'team_chat.channel_invitation_accepted': say`${invitee} accepted the invitation to channel ${place}${by}${organization}`,
  'team_chat.channel_invitation_rejected': say`${invitee} rejected the invitation to channel ${place}${by}${organization}`,
  'team_chat.channel_invitation_removed': say`${operator} took back the invitation of ${invitee} to channel ${place}${organization}`,
  'team_chat.channel_join_requested': say`${requester} asks to join channel ${place}${organization}`,
  'team_chat.channel_join_approval_requested': say`${requester} waits for approval to join channel ${place}${organization}`,
  'team_chat.channel_join_approved': say`${operator} let ${requester} join channel ${place}${organization}`,
  'team_chat.channel_join_declined': say`${operator} did not let ${requester} join channel ${place}${organization}`,
};
