/** What one message of H.264 holds, in Annex B [ITU-T H.264]. */
export type AccessUnit = {
  /** Holds a picture that needs no other one. */
  readonly isKey: boolean;
  /** Holds any picture. */
  readonly hasPicture: boolean;
  /** The sequence parameter set, where there is one. */
  readonly sps: Buffer | undefined;
};

const SLICE = 1;
const IDR = 5;
const SPS = 7;

/** Looks through the NAL units of a message. */
export const readAccessUnit = (data: Buffer): AccessUnit => {
  let isKey = false;
  let hasPicture = false;
  let sps: Buffer | undefined;
  for (let at = startAfter(data, 0); at < data.length; ) {
    const next = startAfter(data, at);
    const type = (data[at] as number) & 0x1f;
    if (type === IDR) isKey = true;
    if (type === SLICE || type === IDR) hasPicture = true;
    if (type === SPS) sps = data.subarray(at, endBefore(data, next));
    at = next;
  }
  return { isKey, hasPicture, sps };
};

/** Where the first NAL unit behind the next start code (00 00 01) begins; the end where there is none. */
const startAfter = (data: Buffer, from: number): number => {
  for (let at = from; at + 3 < data.length; at += 1) {
    if (data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 1) return at + 3;
  }
  return data.length;
};

/** The end of a unit before the start code of the next one, without the zeros between them. */
const endBefore = (data: Buffer, next: number): number => {
  if (next >= data.length) return data.length;
  let end = next - 3;
  while (end > 0 && data[end - 1] === 0) end -= 1;
  return end;
};

export type PictureSize = { readonly codec: string; readonly width: number; readonly height: number };

/** Profiles whose parameter set says more of colours. */
const HIGH_PROFILES: readonly number[] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/** Profile and size of the pictures; undefined for a parameter set that cannot be read. */
export const sizeOf = (sps: Buffer): PictureSize | undefined => {
  if (sps.length < 4) return undefined;
  const hex = (at: number) => (sps[at] as number).toString(16).padStart(2, '0');
  const codec = `avc1.${hex(1)}${hex(2)}${hex(3)}`;
  const bits = bitReader(withoutEscapes(sps.subarray(4)));
  bits.ue();
  let chroma = 1;
  if (HIGH_PROFILES.includes(sps[1] as number)) {
    chroma = bits.ue();
    if (chroma === 3) bits.u(1);
    bits.ue();
    bits.ue();
    bits.u(1);
    // Scaling matrices are rare, and skipping them is as long as all the rest.
    if (bits.u(1) === 1) return undefined;
  }
  bits.ue();
  const order = bits.ue();
  if (order === 0) bits.ue();
  else if (order === 1) return undefined;
  bits.ue();
  bits.u(1);
  const columns = bits.ue() + 1;
  const rows = bits.ue() + 1;
  const isProgressive = bits.u(1);
  if (isProgressive === 0) bits.u(1);
  bits.u(1);
  const crop = bits.u(1) === 1 ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const [unitX, unitY] = chroma === 1 ? [2, 2] : chroma === 2 ? [2, 1] : [1, 1];
  const width = columns * 16 - (left + right) * unitX;
  const height = (rows * 16 - (top + bottom) * unitY) * (2 - isProgressive);
  return bits.isOver() || width <= 0 || height <= 0 || width > 16_384 || height > 16_384
    ? undefined
    : { codec, width, height };
};

/** 00 00 03 stands for 00 00 inside a unit. */
const withoutEscapes = (data: Buffer): Buffer =>
  Buffer.from(data.filter((byte, at) => !(byte === 3 && at >= 2 && data[at - 1] === 0 && data[at - 2] === 0)));

const bitReader = (data: Buffer) => {
  let at = 0;
  const u = (count: number): number => {
    let value = 0;
    for (let left = count; left > 0; left -= 1, at += 1)
      value = value * 2 + (((data[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  return {
    u,
    /** Exp-Golomb. */
    ue(): number {
      let zeros = 0;
      while (zeros < 32 && at < data.length * 8 && u(1) === 0) zeros += 1;
      return 2 ** zeros - 1 + u(zeros);
    },
    isOver: () => at > data.length * 8,
  };
};
