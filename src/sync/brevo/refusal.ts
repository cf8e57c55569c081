import { ZoomWsError } from '../../errors.ts';
import type { Called } from '../../http/calls.ts';

/** Brevo did not do what was asked of one contact, list or event; the run can go on. */
export class BrevoRefusal extends ZoomWsError {
  readonly status: number;
  /** Brevo's own word, such as `invalid_parameter`; the status where there is none. */
  readonly brevoCode: string;
  /** For Brevo's support. */
  readonly requestId: string | null;
  /** Whether another run may have more luck. */
  readonly mayPass: boolean;

  constructor(
    message: string,
    facts: { status: number; brevoCode: string; requestId: string | null; mayPass: boolean },
  ) {
    super('unreachable', message);
    this.status = facts.status;
    this.brevoCode = facts.brevoCode;
    this.requestId = facts.requestId;
    this.mayPass = facts.mayPass;
  }
}

export type Refused = { readonly code: string; readonly message: string; readonly requestId: string | null };

/** What an answer says of why. */
export const refusedIn = ({ status, text, headers }: Called): Refused => {
  let body: { readonly code?: unknown; readonly message?: unknown } = {};
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    // 5xx is often no JSON.
  }
  return {
    code: typeof body.code === 'string' ? body.code : String(status),
    message: typeof body.message === 'string' ? body.message.replace(/\s+/g, ' ').slice(0, 300) : `answered ${status}`,
    requestId: headers['sib-request-id'] ?? null,
  };
};

/** The error that ends the run: the key, the plan or the account is refused, whoever it is about. */
export const keyRefused = (status: number, { code, message }: Refused, place: string): ZoomWsError => {
  const said = `Brevo answered ${status} "${message}" (${code}); the key came from ${place}.`;
  if (status === 402) {
    return new ZoomWsError('refused', `Brevo refused: the account has no credits left. ${said}`, {
      hint: "See the account's plan in Brevo, then run this again: what is done is not done again.",
    });
  }
  if (status === 403) {
    return new ZoomWsError('refused', `Brevo refused: the account may not do this. ${said}`, {
      hint: 'Is the account still under validation, or does its plan lack this? Brevo says so after signing in.',
    });
  }
  return new ZoomWsError('refused', `Brevo refused the key. ${said}`, {
    hint: 'Check the key (Brevo, SMTP & API, API Keys; it begins with xkeysib-), and the list of allowed IP addresses (Security, Authorised IPs): Brevo answers 401 to an address that is not on it.',
  });
};
