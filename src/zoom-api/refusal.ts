import { ZoomWsError } from '../errors.ts';

/** Why Zoom did not give what was asked. */
export type ZoomRefusalKind =
  /** The app may not: a scope is missing, or the account's plan lacks it. */
  | 'scope'
  | 'plan'
  /** Not yet, or not at all: Zoom says the same for both. */
  | 'not-found'
  /** The limit of the day is used up. */
  | 'daily'
  /** A limit or an outage outlasted all attempts. */
  | 'busy'
  | 'other';

/** An answer of Zoom's API that is not what was asked for. */
export class ZoomRefusal extends ZoomWsError {
  readonly kind: ZoomRefusalKind;
  readonly status: number;
  /** Zoom's own number, as text; the HTTP status where there is none. */
  readonly zoomCode: string;
  /** For Zoom's support. */
  readonly trackingId: string | undefined;

  constructor(
    kind: ZoomRefusalKind,
    message: string,
    facts: {
      readonly status: number;
      readonly zoomCode?: string;
      readonly trackingId?: string | undefined;
      readonly hint?: string;
      readonly retryAfterMs?: number;
    },
  ) {
    super(kind === 'scope' ? 'refused' : 'unreachable', message, {
      hint: facts.hint,
      retryAfterMs: facts.retryAfterMs,
    });
    this.kind = kind;
    this.status = facts.status;
    this.zoomCode = facts.zoomCode ?? String(facts.status);
    this.trackingId = facts.trackingId;
  }
}

type Body = { readonly code?: unknown; readonly message?: unknown };

/** Scopes named in "does not contain scopes:[a, b]"; empty where none is named. */
export const scopesIn = (message: string): readonly string[] =>
  (/scopes?:?\s*\[?([^\]]*)\]?/i.exec(message.slice(Math.max(0, message.search(/does not contain/i))))?.[1] ?? '')
    .split(/[\s,]+/)
    .filter((word) => /^[a-z_]+:[a-z_:]+$/i.test(word));

/** What a refusing answer means; `purpose` says what the call was for. */
export const refusalOf = (
  {
    status,
    body,
    trackingId,
  }: { readonly status: number; readonly body: unknown; readonly trackingId: string | undefined },
  asked: string,
  purpose: string,
): ZoomRefusal => {
  // A user may be asked for by address.
  const path = asked.replace(/[^/]*(@|%40)[^/]*/g, '***');
  const { code, message } = (typeof body === 'object' && body !== null ? body : {}) as Body;
  const zoomCode = typeof code === 'number' || typeof code === 'string' ? String(code) : undefined;
  const words = typeof message === 'string' ? message.replace(/\s+/g, ' ').slice(0, 300) : '';
  const facts = { status, trackingId, ...(zoomCode === undefined ? {} : { zoomCode }) };
  const said =
    words === ''
      ? `answered ${status}`
      : `answered ${status} "${words}"${zoomCode === undefined ? '' : ` (${zoomCode})`}`;
  if (/does not contain scopes/i.test(words)) {
    const scopes = scopesIn(words).join(', ');
    return new ZoomRefusal('scope', `Zoom refused ${purpose}: the app lacks the scope ${scopes || 'for it'}.`, {
      ...facts,
      hint: `Add ${scopes || 'the scope'} in the Zoom Marketplace (Scopes), activate the app again, and run this again.`,
    });
  }
  if (status === 404 || zoomCode === '3001' || zoomCode === '3301') {
    return new ZoomRefusal('not-found', `Zoom has no ${purpose} (yet): ${path} ${said}.`, facts);
  }
  if (zoomCode === '200' || status === 403 || /\b(plan|subscription|paid|upgrade|permission)/i.test(words)) {
    return new ZoomRefusal('plan', `Zoom refused ${purpose}: ${path} ${said}.`, facts);
  }
  return new ZoomRefusal('other', `Zoom did not give ${purpose}: ${path} ${said}.`, facts);
};
