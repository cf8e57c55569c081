import { readFileSync } from 'node:fs';

/** What a living process has used so far. */
export type Resources = { readonly cpuSeconds: number; readonly rss: number; readonly peakRss: number };

/** Linux counts processor time in these, whatever the kernel's own clock is (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;
const KIB = 1024;

/** Of several processes together, from /proc; undefined where there is none (macOS, Windows). */
export const resourcesOf = (pids: readonly (number | undefined)[]): Resources | undefined => {
  try {
    const all = pids.map((pid) => one(String(pid)));
    const sum = (key: keyof Resources) => all.reduce((total, each) => total + each[key], 0);
    return { cpuSeconds: sum('cpuSeconds'), rss: sum('rss'), peakRss: sum('peakRss') };
  } catch {
    return undefined;
  }
};

const one = (pid: string): Resources => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold anything; utime and stime are fields 14 and 15 [proc(5)].
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0) * KIB;
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    rss: kib('VmRSS'),
    peakRss: kib('VmHWM'),
  };
};
