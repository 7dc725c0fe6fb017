/** The text forms of the kernel's files. Each reader takes a whole file and returns null for what is not there. */

/** Number of CPUs in a list such as `0-3,8,10-11`; null where the text is not one or is empty. */
export function cpuListLength(text: string): number | null {
  let cpus = 0;
  for (const part of text.trim().split(',')) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (!range) return null;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    if (last < first) return null;
    cpus += last - first + 1;
  }
  return cpus > 0 ? cpus : null;
}

/** A field such as `VmRSS:	  1640 kB` in MiB, summed over all its lines. */
export function kilobyteField(text: string, name: string): number | null {
  const lines = text.matchAll(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'gm'));
  let kB: number | null = null;
  for (const line of lines) kB = (kB ?? 0) + Number(line[1]);
  return kB === null ? null : kB / 1024;
}

/** A field of `/proc/PID/status` as text. */
export function statusField(text: string, name: string): string | null {
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? null;
}

/** A line `name value` as in `cpu.stat` and `memory.stat`. */
export function statField(text: string, name: string): number | null {
  const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value);
}

export interface ProcessStat {
  readonly parent: number;
  readonly cpuTicks: number;
  readonly threads: number;
  readonly startTicks: number;
}

/** `/proc/PID/stat` (proc_pid_stat(5)). The command's name may hold spaces and brackets, so fields count from the last one. */
export function processStat(text: string): ProcessStat | null {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  const at = (n: number) => Number(fields[n - 3]);
  const stat = {
    parent: at(4),
    cpuTicks: at(14) + at(15),
    threads: at(20),
    startTicks: at(22),
  };
  return Number.isFinite(stat.parent + stat.cpuTicks + stat.threads + stat.startTicks) ? stat : null;
}

/** Parts of a NUL-separated text such as `/proc/PID/cmdline`. A title set by setproctitle is one part, padded with NULs. */
export function nulSeparated(text: string): readonly string[] {
  return text.replace(/\0+$/, '').split('\0');
}
