/** One thing that happened, in words: lower case, no full stop. May hold text from clients. */
export type LogEntry = {
  readonly what:
    | 'token'
    | 'token-refused'
    | 'api'
    | 'connected'
    | 'refused'
    | 'disconnected'
    | 'displaced'
    | 'silent'
    | 'odd-frame'
    | 'heartbeat'
    | 'sent'
    | 'slow'
    | 'fault'
    | 'control'
    | 'webhook'
    | 'rtms';
  readonly text: string;
  /** Said only at -v. */
  readonly detail?: boolean;
};

/** Says what happened. Never throws, never waits. */
export type Log = (entry: LogEntry) => void;
