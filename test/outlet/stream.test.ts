import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { streamSink } from '../../src/outlet/stream.ts';

const failing = (code: string) =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`it failed, ${code}`), { code })),
  });

test('waits until the stream can take more', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const sink = streamSink(stream, 'stdout');
  let isDone = false;
  const writing = sink.write('more than four\n').then(() => {
    isDone = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  expect(String(stream.read())).toBe('more than four\n');
  await writing;
  expect(isDone).toBe(true);
});

test.each(['EPIPE', 'ECONNRESET', 'EOF'])(
  '%s is a reader that has gone: no error, and nothing more is written',
  async (code) => {
    const sink = streamSink(failing(code), 'stdout');
    await sink.write('x\n');
    await sink.close();
    expect(sink.gone.aborted).toBe(true);
    await sink.write('y\n');
  },
);

test.each(['ENOSPC', 'EIO', 'EDQUOT'])('%s is an error that names the stream', async (code) => {
  const sink = streamSink(failing(code), 'stdout');
  const work = async () => {
    await sink.write('x\n');
    await sink.close();
  };
  await expect(work()).rejects.toMatchObject({
    code: 'output',
    message: expect.stringContaining(`stdout failed: it failed, ${code}`),
  });
  await expect(sink.write('y\n')).rejects.toMatchObject({ code: 'output' });
});

test('a write that waits is let go when the reader goes', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  const sink = streamSink(stream, 'stdout');
  const writing = sink.write('waits\n');
  stream.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' }));
  await writing;
  expect(sink.gone.aborted).toBe(true);
});

test('leaves no listeners behind', async () => {
  const stream = new PassThrough({ highWaterMark: 1 });
  stream.resume();
  const sink = streamSink(stream, 'stdout');
  for (let n = 0; n < 100; n += 1) await sink.write('many\n');
  expect(stream.listenerCount('drain')).toBeLessThanOrEqual(1);
});
