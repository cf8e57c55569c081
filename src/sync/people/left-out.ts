import type { SyncConfig } from '../config/config.ts';
import type { Session } from '../sessions/session.ts';
import { addressOf } from './person.ts';
import type { Registrant, StayRow } from './stay.ts';

type Somebody = {
  readonly email: string;
  readonly rows: readonly StayRow[];
  readonly registrant: Registrant | undefined;
};

/** Whether the settings leave somebody out: by domain, by their part in the session, or for want of consent. */
export const isLeftOut = (
  { email, rows, registrant }: Somebody,
  { session, panelists }: { readonly session: Pick<Session, 'hostEmail'>; readonly panelists: ReadonlySet<string> },
  { exclude, consent }: Pick<SyncConfig, 'exclude' | 'consent'>,
): boolean => {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (exclude.domains.some((each) => domain === each || domain.endsWith(`.${each}`))) return true;
  if (exclude.internal && rows.some(({ isInternal }) => isInternal)) return true;
  if (exclude.host && email === addressOf(session.hostEmail)) return true;
  if (exclude.panelists && panelists.has(email)) return true;
  if (consent === undefined) return false;
  const answer = Object.entries(registrant?.questions ?? {}).find(([title]) => same(title, consent.question))?.[1];
  return answer === undefined || !consent.yes.some((yes) => same(yes, answer));
};

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
