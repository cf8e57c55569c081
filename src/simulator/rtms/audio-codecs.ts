/** Hz, by Zoom's number. */
export const RATES = [8000, 16_000, 32_000, 48_000] as const;

/** The bytes of one packet; where a codec would need a library, those of silence. */
export const encodeAudio = (samples: Int16Array, codec: number, channel: number, ms: number): Buffer => {
  switch (codec) {
    case 2:
      return Buffer.from(Uint8Array.from(samples, aLaw));
    case 3:
      // 64 kbit/s at 16 kHz; a decoder makes silence of it.
      return Buffer.alloc(ms * 8, 0xfa);
    case 4:
      return opusSilence(channel, ms / OPUS_FRAME_MS);
    default:
      return linear(samples);
  }
};

/** 16 bits, the low byte first, on any machine. */
const linear = (samples: Int16Array): Buffer => {
  const bytes = Buffer.allocUnsafe(samples.length * 2);
  for (let index = 0; index < samples.length; index += 1) bytes.writeInt16LE(samples[index] ?? 0, index * 2);
  return bytes;
};

/** G.711, table 1a: sign, three bits of exponent, four of mantissa, every second bit turned. */
const aLaw = (sample: number): number => {
  const isPositive = sample >= 0;
  let size = (isPositive ? sample : -sample - 1) >> 4;
  let exponent = 0;
  while (size > 31) {
    size >>= 1;
    exponent += 1;
  }
  const code = size < 16 ? size : ((exponent + 1) << 4) | (size & 15);
  return (code | (isPositive ? 0x80 : 0)) ^ 0x55;
};

const OPUS_FRAME_MS = 20;
/** The table of contents of 20 ms, full band, CELT [RFC 6716, section 3.1]: configuration 31; the third bit: stereo. */
const opusSilence = (channel: number, frames: number): Buffer => {
  const toc = 0xf8 | (channel === 2 ? 4 : 0);
  const silence = [0xff, 0xfe];
  if (frames === 1) return Buffer.from([toc, ...silence]);
  return Buffer.from([toc | 3, frames, ...Array.from({ length: frames }, () => silence).flat()]);
};
