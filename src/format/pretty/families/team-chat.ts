import { firstFile } from '../parts/files.ts';
import { operator, people } from '../parts/people.ts';
import { id, name, quote } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';
import { place } from './chat.ts';

const message = either(quote('message'), words('no text'));
const attachment = also('', firstFile('files'));
const space = either(name('space_name'), id('space_id'));

/** Messages, channels and spaces of Team Chat. */
export const TEAM_CHAT: Sentences = {
  'team_chat.channel_message_posted': say`${operator} to ${place}: ${message}${attachment}`,
  'team_chat.channel_message_updated': say`${operator} edited a message to ${place}: ${message}${attachment}`,
  'team_chat.channel_message_deleted': say`${operator} deleted a message to ${place}${also('message ', id('message_id'))}`,
  'team_chat.dm_message_posted': say`${operator} to ${place}: ${message}${attachment}`,
  'team_chat.dm_message_updated': say`${operator} edited a message to ${place}: ${message}${attachment}`,
  'team_chat.dm_message_deleted': say`${operator} deleted a message to ${place}${also('message ', id('message_id'))}`,
  'team_chat.channel_archived': say`${operator} archived channel ${place}`,
  'team_chat.channel_unarchived': say`${operator} brought back channel ${place}`,
  'team_chat.channel_app_added': say`${operator} added ${people('app_members')} to channel ${place}`,
  'team_chat.channel_app_removed': say`${operator} removed ${people('app_members')} from channel ${place}`,
  'team_chat.channel_pin_added': say`${operator} pinned a message in ${place}${also('', quote('message'))}`,
  'team_chat.channel_pin_removed': say`${operator} unpinned a message in ${place}${also('', quote('message'))}`,
  'team_chat.bookmark_added': say`${operator} bookmarked a message of ${either(name('sender'), words('someone'))}${also('', quote('message'))}`,
  'team_chat.bookmark_removed': say`${operator} dropped the bookmark of a message of ${either(name('sender'), words('someone'))}${also('', quote('message'))}`,
  'team_chat.shared_spaces_edited': say`${operator} changed shared space ${space}`,
  'team_chat.shared_spaces_member_invited': say`${operator} invited ${people('members')} to shared space ${space}`,
  'team_chat.shared_spaces_member_left': say`${operator} left shared space ${space}`,
  'team_chat.shared_spaces_member_removed': say`${operator} removed ${people('members')} from shared space ${space}`,
  'team_chat.emoji_added': say`${operator} added the emoji ${either(name('name'), words('without a name'))}${also('file ', id('file_id'))}`,
  'team_chat.emoji_removed': say`${operator} removed the emoji ${either(name('name'), words('without a name'))}${also('file ', id('file_id'))}`,
};
