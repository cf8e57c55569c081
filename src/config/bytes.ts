/** Units as disks are sold (1000) and as memory is counted (1024); case does not matter, the B does: `10m` are minutes. */
const UNITS = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30 } as const;

/** `100MB` → 100000000 bytes; undefined where the text is no size, or is nothing. */
export const parseBytes = (text: string): number | undefined => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([KMG]?I?B)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit?.toUpperCase() as keyof typeof UNITS] as number | undefined;
  const bytes = Math.floor(Number(amount) * (factor ?? Number.NaN));
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
};
