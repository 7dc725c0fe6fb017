import type { Host } from '../../../src/host/host.js';
import { madeUpHost } from '../../made-up-host.js';
import { treeFiles } from './tree-files.js';

/** Files by path; `path -> target` is a link. */
export type Files = Readonly<Record<string, string>>;

export const machineFiles = (files: Files) =>
  treeFiles(
    Object.entries(files)
      .map(([path, text]) => `==> ${path}\n${text}\n`)
      .join(''),
  );

export const machineHost = (files: Files): Host => ({ ...madeUpHost([]).host, files: machineFiles(files) });

/** Eight CPUs and 16 GiB, without control groups, up for 1000 s. */
export const MACHINE: Files = {
  '/proc/self/status': 'Cpus_allowed_list:\t0-7',
  '/proc/meminfo': 'MemTotal:       16777216 kB',
  '/sys/devices/system/cpu/online': '0-7',
  '/proc/uptime': '1000.00 7000.00',
};

export interface MadeUpProcess {
  readonly pid: number;
  readonly parent?: number;
  readonly command: readonly string[];
  readonly rssMiB?: number;
  /** Without these only the RSS may be seen. */
  readonly pssMiB?: number;
  readonly ussMiB?: number;
  readonly threads?: number;
  readonly cpuSeconds?: number;
  readonly startedAtSeconds?: number;
  readonly environment?: readonly string[];
  readonly folder?: string;
}

/** What `/proc` shows of a process. */
function processFiles(process: MadeUpProcess): Files {
  const { pid, parent = 1, command, rssMiB = 64, pssMiB, ussMiB, threads = 1 } = process;
  const ticks = 100 * (process.cpuSeconds ?? 0);
  const start = 100 * (process.startedAtSeconds ?? 100);
  const kB = (mib: number) => `${Math.round(mib * 1024)} kB`;
  const at = (file: string) => `/proc/${pid}/${file}`;
  return {
    [at('cmdline')]: `${command.join('\\0')}\\0`,
    [at('stat')]:
      `${pid} (${command[0]}) S ${parent} 1 1 0 -1 4 9 0 0 0 ${ticks} 0 0 0 20 0 ${threads} 0 ${start} 1 1`,
    [at('status')]: `VmHWM:\t${kB(rssMiB + 10)}\nVmRSS:\t${kB(rssMiB)}`,
    [at('environ')]: `${['PATH=/bin', ...(process.environment ?? [])].join('\\0')}\\0`,
    ...(ussMiB !== undefined && {
      [at('smaps_rollup')]:
        `Rss: ${kB(rssMiB)}\nPss: ${kB(pssMiB ?? rssMiB)}\nPrivate_Clean: ${kB(1)}\nPrivate_Dirty: ${kB(ussMiB - 1)}`,
    }),
    ...(process.folder !== undefined && { [`${at('cwd')} -> ${process.folder}`]: '' }),
  };
}

export const processesFiles = (...processes: readonly MadeUpProcess[]): Files =>
  Object.assign({}, ...processes.map(processFiles));
