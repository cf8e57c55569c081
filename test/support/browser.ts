import { spawn } from 'node:child_process';
import { WebSocket } from 'ws';
import { endWithTest } from './end-with-test.ts';
import { CHILD_ENV, emptyFolder } from './run-cli.ts';

export type Look = { readonly width: number; readonly scheme: 'light' | 'dark' };

/** A page in Debian's Chromium, without a window: what an expression is in it, as the DevTools protocol tells. */
export const inBrowser = async (url: string, { width, scheme }: Look, expression: string): Promise<unknown> => {
  const folder = emptyFolder();
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  const child = spawn('chromium', [...flags, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], {
    env: { ...CHILD_ENV, HOME: folder },
    detached: true,
  });
  endWithTest(child);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, found] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`chromium ended: ${said}`)));
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let id = 0;
  let sessionId: string | undefined;
  const answers = new Map<number, (answer: Answer) => void>();
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as Answer & { id?: number };
    if (answer.id !== undefined) answers.get(answer.id)?.(answer);
  });
  const ask = (method: string, params: object = {}): Promise<Answer['result']> =>
    new Promise((resolve, reject) => {
      id += 1;
      answers.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      );
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  sessionId = (await ask('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  await ask('Emulation.setDeviceMetricsOverride', { width, height: 800, deviceScaleFactor: 1, mobile: true });
  await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  await ask('Page.enable');
  await ask('Page.navigate', { url });
  // The page comes when it comes: until its heading is there, it is asked again.
  for (;;) {
    const { result } = await ask('Runtime.evaluate', {
      expression: `document.readyState === 'complete' && document.querySelector('h1') !== null && (${expression})`,
      returnByValue: true,
    });
    if (result?.value !== undefined && result.value !== false) {
      socket.close();
      return result.value;
    }
  }
};

type Answer = {
  readonly result: {
    readonly targetId?: string;
    readonly sessionId?: string;
    readonly result?: { readonly value?: unknown };
  };
  readonly error?: { readonly message: string };
};
