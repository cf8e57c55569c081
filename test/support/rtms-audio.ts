import { START_MS } from './scripted-rtms.ts';

/** 100 ms of audio at 16 kHz, every sample of one value. */
export const packet = (user: number, ms: number, value: number) => {
  const pcm = Buffer.alloc(3200);
  for (let at = 0; at < pcm.length; at += 2) pcm.writeInt16LE(value, at);
  const user_name = user === 1 ? 'Ada' : 'Søren/../x';
  const content = { user_id: user, user_name, data: pcm.toString('base64'), length: 3200, timestamp: START_MS + ms };
  return { msg_type: 14, content };
};

/** Two people who take turns, a second each, for six seconds. */
export const turns = Array.from({ length: 60 }, (_, index) => {
  const user = Math.floor(index / 10) % 2 === 0 ? 1 : 2;
  return packet(user, index * 100, user * 100);
});

/** What each second of PCM is, as the value of all its samples. */
export const secondsOf = (samples: Int16Array): (number | 'mixed')[] =>
  Array.from({ length: Math.floor(samples.length / 16_000) }, (_, second) => {
    const part = samples.subarray(second * 16_000, (second + 1) * 16_000);
    return part.every((sample) => sample === part[0]) ? (part[0] ?? 0) : 'mixed';
  });
