import type { Answer } from '../serve/answer.ts';
import type { State } from './state.ts';

/** The page says what goes on and runs nothing: no script, no style from elsewhere, no form. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Light and dark as the reader has it; on a narrow screen a wide table scrolls by itself, and the page does not. */
const STYLE = `:root{color-scheme:light dark;--back:#fff;--text:#1a1a2e;--line:#ddd;--faint:#6b6b76;--link:#0b57d0}
@media(prefers-color-scheme:dark){:root{--back:#14141c;--text:#e6e6f0;--line:#333;--faint:#9a9aa8;--link:#8ab4f8}}
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:var(--text);background:var(--back);overflow-wrap:anywhere}
a{color:var(--link)}.wide{overflow-x:auto;margin:.5rem 0 1.5rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600}h1{font-size:1.4rem}h2{font-size:1.1rem;margin:1.5rem 0 .25rem}.none{color:var(--faint)}
@media(max-width:40rem){body{margin:1rem auto}th,td{white-space:nowrap}}`;

/** The state as a page for a person; it loads itself anew every two seconds. Whatever came from outside is escaped. */
export const statePage = (state: State): Answer => ({
  status: 200,
  type: 'text/html;charset=UTF-8',
  headers: { 'content-security-policy': POLICY, 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' },
  body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="2"><title>zoom-ws simulator</title><style>${STYLE}</style></head>
<body><h1>zoom-ws simulator</h1>
<p>${escaped(state.url)}, since ${escaped(state.started_at)}; ${counted(state.token_requests, 'token request')}, ${counted(state.tokens, 'good token')}.
The same as JSON: <a href="/state.json">/state.json</a></p>
<h2>Connected</h2>${table(
    ['client', 'subscription', 'state', 'since', 'last heartbeat', 'events sent', 'faults'],
    state.clients.map((client) => [
      client.id,
      client.subscription,
      client.state,
      client.connected_at,
      client.heartbeat_at ?? 'none yet',
      client.sent,
      client.faults.join(', '),
    ]),
    'nobody',
  )}
<h2>Faults</h2>${table(
    ['fault', 'left'],
    state.faults.map((name) => [name, leftOf(state, name)]),
    'none',
  )}
<h2>Sent</h2><p>${counted(state.sent.total, 'event')}, ${state.sent.unheard} of them while nobody was connected.</p>${table(
    ['at', 'event', 'received by'],
    [...state.sent.latest].reverse().map(({ at, type, receivers }) => [at, type, receivers]),
    'nothing yet',
  )}
${table(['event', 'count'], Object.entries(state.sent.by_type), '')}
</body></html>
`,
});

const leftOf = ({ faults_left: left }: State, name: string): string => {
  const count = left[name];
  return count === undefined ? '' : counted(count, 'request');
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[], none: string): string => {
  if (rows.length === 0) return `<p class="none">${none}</p>`;
  const cells = (tag: string, values: readonly (string | number)[]) =>
    values.map((value) => `<${tag}>${escaped(String(value))}</${tag}>`).join('');
  return `<div class="wide"><table><tr>${cells('th', heads)}</tr>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}</table></div>`;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
