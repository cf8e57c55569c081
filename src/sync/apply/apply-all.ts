import type { View } from '../ledger/view.ts';
import { contraryOf } from '../plan/event.ts';
import { type Applied, type ApplyDeps, applyPerson, CONFIRMATION } from './apply-person.ts';
import type { Task } from './task.ts';

/** Enough calls at once to keep the pace where an answer takes half a second. */
const AT_ONCE = 8;

/** Applies everybody's part, several at a time; `tell` hears of each as it is done. Throws what ends the run. */
export const applyAll = async (
  tasks: readonly Task[],
  deps: ApplyDeps,
  tell: (applied: Applied, task: Task) => Promise<void>,
): Promise<void> => {
  const { ledger } = deps;
  const wanted = new Set<string>();
  for (const { person, events } of tasks) {
    wanted.add(ledger.keys.contact(person.email));
    if (deps.rules.config.doubleOptIn !== undefined) wanted.add(ledger.keys.event(CONFIRMATION, '', person.email));
    for (const event of events) {
      for (const { name, session } of [event, contraryOf(event) ?? event]) {
        wanted.add(ledger.keys.event(name, session, person.email));
      }
    }
  }
  const view: View = await ledger.view(wanted);
  const queue = tasks.values();
  let failed: { readonly error: unknown } | undefined;
  const work = async (): Promise<void> => {
    for (const task of queue) {
      if (failed !== undefined) return;
      try {
        await tell(await applyPerson(task, view, deps), task);
      } catch (error) {
        failed ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, tasks.length) }, work));
  if (failed !== undefined) throw failed.error;
};
