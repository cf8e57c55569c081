/** How the samples of a WAV file are written down. */
export type WavFormat = {
  /** 1: PCM, 16 bits, little-endian; 6: G.711 A-law, 8 bits. */
  readonly code: 1 | 6;
  /** Samples a second, for each channel. */
  readonly rate: number;
  readonly channels: 1 | 2;
};

/** Bytes of one sample of all channels. */
export const frameBytes = ({ code, channels }: WavFormat): number => (code === 1 ? 2 : 1) * channels;

/** The byte that is silence. */
export const silenceOf = ({ code }: WavFormat): number => (code === 1 ? 0 : 0xd5);

/** PCM has the 44 bytes that every program reads; G.711 needs a longer `fmt` and a `fact` [RFC 2361 and Microsoft's RIFF]. */
export const headerBytes = ({ code }: WavFormat): number => (code === 1 ? 44 : 58);

/** The header for a file with this much data. */
export const wavHeader = (format: WavFormat, dataBytes: number): Buffer => {
  const { code, rate, channels } = format;
  const size = headerBytes(format);
  const fmtBytes = code === 1 ? 16 : 18;
  const frame = frameBytes(format);
  const header = Buffer.alloc(size);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(size - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(fmtBytes, 16);
  header.writeUInt16LE(code, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * frame, 28);
  header.writeUInt16LE(frame, 32);
  header.writeUInt16LE((frame / channels) * 8, 34);
  if (code === 6) {
    header.write('fact', 38, 'latin1');
    header.writeUInt32LE(4, 42);
    header.writeUInt32LE(Math.floor(dataBytes / frame), 46);
  }
  header.write('data', size - 8, 'latin1');
  header.writeUInt32LE(dataBytes, size - 4);
  return header;
};
