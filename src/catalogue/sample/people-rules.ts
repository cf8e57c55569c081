import type { Rule, Slot } from './rule.ts';
import type { Person } from './scene.ts';

/** Fields that say something of a person. */
export const PEOPLE_RULES: readonly Rule[] = [
  [/(participant|session)_user_id$|(^|[._])user_id$/, (slot) => (isSeat(slot) ? who(slot).seat : who(slot).id)],
  [/\.(parent|bind)_user_id$/, (slot) => who(slot).seat],
  [/participant_uuid$/, ({ draw }) => draw.guid()],
  [
    /(participant|members\[\]|admins\[\]|host|owner|user|operator|contact|registrant|sender|caller|callee)[._]id$/,
    (slot) => who(slot).id,
  ],
  [/(operator|contact|member|sender|owner)_(member_)?id$|\.member_id$|\.userId$/, (slot) => who(slot).id],
  [/[jJ]id$/, (slot) => `${who(slot).id.toLowerCase()}@xmpp.zoom.us`],
  [/(^|[._])operator$/, (slot) => slot.scene.people[0].email],
  [/\.(sender|at_contact)$/, (slot) => who(slot).email],
  [/email(_addresses)?$/, (slot) => who(slot).email],
  [/first_name$/, (slot) => who(slot).first],
  [/last_name$/, (slot) => who(slot).last],
  [
    /(user_?|display_|sender_|recipient_|invitee_|inviter_|caller_|callee_|operator_|post_user)[nN]ame$|post_user$/,
    (slot) => who(slot).name,
  ],
  [
    /\.(owner|user|caller|callee|forwarded_\w+|redirect_forwarded_by|outgoing_by|accepted_by)\.name$/,
    (slot) => who(slot).name,
  ],
  [/user_key$|customer_key$/, (slot) => `customer-${who(slot).extension}`],
  [/(ext(ension)?_number|extension)$/, (slot) => who(slot).extension],
  [/(did|phone|caller|callee|consumer_phone|user)_number(s\[\])?$|\.phone$|outbound_caller_id$/, (slot) => phone(slot)],
  [/\.from_number$/, (slot) => slot.scene.people[0].phone],
];

/** `user_id` of someone in a meeting is a number of that meeting, elsewhere it is the account's id of the user. */
const isSeat = ({ path }: Slot): boolean => /\.(participant|test_result)\.user_id$/.test(path);

const phone = (slot: Slot): string => who(slot).phone;

const HOSTS = /operator|host|owner|invite(r)|sender|caller|outgoing_by|accepted_by/;
const CROWD = /(members|admins|users|opt_statuses)\[\]/;

/** The host of the scene stands wherever someone acts; everyone else is a guest, each in an array another one. */
const who = ({ path, index, scene }: Slot): Person => {
  const [host, ...guests] = scene.people;
  const seat = CROWD.test(path) ? index : 0;
  return HOSTS.test(path) ? host : (guests[seat % guests.length] ?? host);
};
