/** The 256 values of G.711's A-law as 16-bit PCM [ITU-T G.711]. */
const TABLE = Int16Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits & 0x70) >> 4;
  const mantissa = bits & 0x0f;
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
  return (bits & 0x80) === 0 ? -size : size;
});

/** A-law as s16le. */
export const decodeALaw = (data: Buffer): Buffer => {
  const pcm = Buffer.allocUnsafe(data.length * 2);
  for (let at = 0; at < data.length; at += 1) pcm.writeInt16LE(TABLE[data[at] as number] as number, at * 2);
  return pcm;
};
