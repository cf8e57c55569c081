import { firstFile } from '../parts/files.ts';
import { operator, people } from '../parts/people.ts';
import { id, name, quote } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';

/** A channel by name; in direct messages, the other person. */
export const place = either(
  name('channel_name'),
  name('channel.channel_name'),
  name('contact_email'),
  name('name'),
  id('channel_id'),
  id('contact_id'),
  id('id'),
  words('somewhere'),
);

const message = either(quote('message'), words('no text'));
const attachment = also('', firstFile('files'));

/** Chat as its first events told it. */
export const CHAT: Sentences = {
  'chat_channel.created': say`${operator} created channel ${place} with ${people('members')}`,
  'chat_channel.deleted': say`${operator} deleted channel ${place}`,
  'chat_channel.updated': say`${operator} changed channel ${place}`,
  'chat_channel.member_invited': say`${operator} invited ${people('members')} to channel ${place}`,
  'chat_channel.member_joined': say`${operator} joined channel ${place}`,
  'chat_channel.member_left': say`${operator} left channel ${place}`,
  'chat_channel.member_removed': say`${operator} removed ${people('members')} from channel ${place}`,
  'chat_message.sent': say`${operator} to ${place}: ${message}${attachment}`,
  'chat_message.replied': say`${operator} replied to ${place}: ${message}${attachment}`,
  'chat_message.updated': say`${operator} edited a message to ${place}: ${message}${attachment}`,
  'chat_message.deleted': say`${operator} deleted a message to ${place}${also('', quote('message'))}`,
};
