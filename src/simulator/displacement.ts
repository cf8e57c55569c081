import { type Client, write } from './client.ts';
import { controlFrame } from './frames.ts';
import type { Log } from './log.ts';
import type { Rules } from './rules.ts';

/** Tells a connection that another one has taken its subscription, in the words and the way of the rules, and closes it. */
export const displace = (client: Client, { rules, log }: { readonly rules: Rules; readonly log: Log }): void => {
  const { tell, module, text, code } = rules.displacement;
  // A dead connection hears nothing; its place is free all the same.
  if (client.state === 'zombie') return;
  if (tell === 'frame' || tell === 'both') write(client, [controlFrame(module, false, text)]);
  client.state = 'told';
  client.socket.close(code, tell === 'reason' || tell === 'both' ? text : '');
  log({ what: 'displaced', text: `client ${client.id} was displaced: connected in another place` });
};
