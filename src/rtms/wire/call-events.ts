/** Events of Contact Center and Phone, from number 8 on; they overlap with those of meetings [Zoom's event reference]. */
const CALL_EVENTS: readonly string[] = [
  ...['CONSUMER_ANSWERED', 'CONSUMER_END', 'USER_ANSWERED', 'USER_END', 'USER_HOLD', 'USER_UNHOLD'],
  ...['MONITOR_STARTED', 'MONITOR_TRANSITIONED', 'MONITOR_ENDED', 'TAKEOVER_STARTED', 'TRANSFER_INITIATED'],
  ...['TRANSFER_CANCELED', 'TRANSFER_ACCEPTED', 'TRANSFER_COMPLETED', 'TRANSFER_REJECTED', 'TRANSFER_TIMEOUT'],
  ...['CONFERENCE_CANCELED', 'CONFERENCE_PARTICIPANT_CANCELED', 'CONFERENCE_PARTICIPANT_INVITED'],
  ...['CONFERENCE_PARTICIPANT_REJECTED', 'CONFERENCE_PARTICIPANT_TIMEOUT', 'CONFERENCE_PARTICIPANT_LEFT'],
];
const FIRST = 8;
/** The last number that Zoom lists; those without a name here keep their number. */
const LAST = 34;

/** `consumer_answered`; `event_30` for a number of that range without a name; undefined outside it. */
export const callEventName = (code: number): string | undefined => {
  if (code < FIRST || code > LAST) return undefined;
  return CALL_EVENTS[code - FIRST]?.toLowerCase() ?? `event_${code}`;
};
