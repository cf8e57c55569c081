// Close codes of the event socket that mean more than "closed": RFC 6455, 7.4, and what Zoom's own guide says of them.

/** "Policy violation": Zoom uses it for a token or subscription that it does not accept, or no longer accepts. */
export const POLICY_VIOLATION = 1008;

/** No close frame came: the connection broke. */
export const NO_CLOSE_FRAME = 1006;
