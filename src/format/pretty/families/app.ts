import { id, name, spoken, text } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';

const user = either(name('payload.userName'), id('payload.userId'), words('someone'));
const message = either(id('payload.messageId'), words('a message'));

/** Marketplace apps and chat bots, whose payload has no `object`. */
export const APP: Sentences = {
  'app.authorization_request_created': say`app ${either(name('payload.app_name'), words('without a name'))} asks to be authorised${also('', spoken('payload.app_status'))}${also('', text('payload.app_type'))}`,
  app_deauthorized: say`user ${either(id('payload.user_id'), words('unknown'))} deauthorised the app${also('client ', id('payload.client_id'))}`,
  bot_installed: say`${user} installed the bot${also('', id('payload.robotJid'))}`,
  bot_notification: say`${user} to the bot: ${either(name('payload.cmd'), words('nothing'))}${also('in ', text('payload.channelName'))}`,
  interactive_message_actions: say`${user} pressed a button of message ${message}`,
  interactive_message_editable: say`${user} edited message ${message}`,
  interactive_message_fields_editable: say`${user} edited a field of message ${message}`,
  interactive_message_select: say`${user} chose from a list of message ${message}`,
};
