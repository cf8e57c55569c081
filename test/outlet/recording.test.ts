import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { recordingOutlet } from '../../src/outlet/recording.ts';
import { systemClock } from '../../src/time/system-clock.ts';

const AT = Date.UTC(2026, 10, 22);
const event: Arrival = { kind: 'event', raw: '{"event":"a"}', type: 'a', receivedAt: AT, subscription: 'one' };
const gap: Arrival = { kind: 'lifecycle', type: 'zoom_ws.gap', raw: '{"event":"zoom_ws.gap"}', receivedAt: AT };
const control: Arrival = { kind: 'control', frame: '{}', receivedAt: AT };

const options = { clock: systemClock, pid: process.pid, onNote: () => {} };

test('keeps events with their _meta and what happened to the connection, and no control frames', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'zoom-ws-')), 'a.ndjson');
  const outlet = await recordingOutlet(path, options);
  await outlet.take([event, gap, control], 7);
  await outlet.close();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'a', _meta: { seq: 7, subscription: 'one' } },
    { event: 'zoom_ws.gap', _meta: { received_at: '2026-11-22T00:00:00.000Z' } },
  ]);
});

test.skipIf(process.platform !== 'linux')('is gone once the disk is full, and says why when it is closed', async () => {
  const outlet = await recordingOutlet('/dev/full', options);
  await outlet.take([event], 1).catch(() => {});
  await expect.poll(() => outlet.gone.aborted).toBe(true);
  await expect(outlet.close()).rejects.toThrow('ENOSPC');
});
