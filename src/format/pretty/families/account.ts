import { changes } from '../parts/changes.ts';
import { operator, people, who } from '../parts/people.ts';
import { choose, id, name, spoken, text } from '../parts/text.ts';
import { also, either, type Sentences, say, words } from '../say.ts';

const changed = either(changes, words('settings'));
const group = either(name('name'), id('id'), words('a group'));
const policy = either(name('policy_name'), id('id'), words('a policy'));
const state = also('', choose('status', { 0: 'inactive', 1: 'active' }));

/** Accounts, groups and the rules that hold in them. */
export const ACCOUNT: Sentences = {
  'account.created': say`${operator} created an account for ${who('')}${also('account ', id('id'))}`,
  'account.disassociated': say`${operator} disassociated the account of ${either(name('owner_email'), words('someone'))}${also('account ', id('id'))}`,
  'account.lock_settings_updated': say`${operator} changed locks of the account: ${changed}`,
  'account.settings_updated': say`${operator} changed the account: ${changed}`,
  'account.updated': say`${operator} changed account ${either(name('account_name'), id('id'))}${also('', spoken('payload.operation'))}${also('', changes)}`,
  'account.vanity_url_approved': say`vanity URL ${either(name('vanity_url'), words('of the account'))} was approved${also('account ', id('id'))}`,
  'account.vanity_url_rejected': say`vanity URL ${either(name('vanity_url'), words('of the account'))} was rejected${also('account ', id('id'))}`,
  'group.created': say`${operator} created group ${group}`,
  'group.deleted': say`${operator} deleted group ${group}`,
  'group.updated': say`${operator} renamed group ${either(text('old.name'), id('id'))} to ${group}`,
  'group.admin_added': say`${operator} made ${people('admins')} admin of group ${group}`,
  'group.admin_deleted': say`${operator} removed ${people('admins')} as admin of group ${group}`,
  'group.member_added': say`${operator} added ${people('members')} to group ${group}`,
  'group.member_deleted': say`${operator} removed ${people('members')} from group ${group}`,
  'group.lock_settings_updated': say`${operator} changed locks of group ${group}: ${changed}`,
  'group.settings_updated': say`${operator} changed group ${group}: ${changed}`,
  'information_barriers.policy_created': say`information barrier ${policy} was created${state}`,
  'information_barriers.policy_deleted': say`information barrier ${policy} was deleted${state}`,
  'information_barriers.policy_updated': say`information barrier ${policy} was changed${state}`,
};
