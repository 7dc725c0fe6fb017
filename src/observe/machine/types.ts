import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';

/** A limit on CPU that applies to a process. */
export interface CpuLimit {
  readonly kind: 'online' | 'affinity' | 'cpuset' | 'quota';
  /** Cores it leaves, fractional for a quota. */
  readonly cores: number;
  /** File it was read from. */
  readonly where: string;
}

/** A limit on memory that applies to a process. */
export interface MemoryLimit {
  /** `high` slows the processes down and reclaims; `max` kills. */
  readonly kind: 'physical' | 'max' | 'high';
  readonly memoryMiB: number;
  readonly where: string;
}

/** Evidence from `cpu.stat` that a quota stalls its processes. */
export interface Throttling {
  readonly periods: number;
  readonly throttledPeriods: number;
  readonly throttledSeconds: number;
  readonly where: string;
}

export type CgroupVersion = 'v1' | 'v2' | 'hybrid' | 'none';
export type Runtime = 'docker' | 'podman' | 'kubernetes' | 'containerd' | 'systemd' | null;

/** What a process may use of its machine. The limit in force is the first of each list: they are sorted, tightest first. */
export interface Limits {
  readonly cores: number | null;
  readonly memoryMiB: number | null;
  readonly cpuLimits: readonly CpuLimit[];
  readonly memoryLimits: readonly MemoryLimit[];
  /** Memory its control group holds now, page cache included; null where unknown. */
  readonly memoryUsedMiB: number | null;
  readonly throttling: readonly Throttling[];
  /** Times that the kernel killed a process of the control group for memory; null where unknown. */
  readonly outOfMemoryKills: number | null;
  readonly cgroup: {
    readonly version: CgroupVersion;
    readonly path: string | null;
    readonly runtime: Runtime;
  };
}

/** Memory of one process in MiB; null where the kernel does not let us see it. */
export interface Footprint {
  readonly rssMiB: number;
  /** Highest RSS of its life so far. */
  readonly peakRssMiB: number | null;
  /** RSS with every shared page divided by its sharers. */
  readonly pssMiB: number | null;
  /** What would be freed if the process ended. */
  readonly ussMiB: number | null;
}

export interface ServerProcess extends Footprint {
  readonly pid: number;
  readonly threads: number;
  readonly ageSeconds: number | null;
  readonly cpuSeconds: number;
}

/** Where a setting was found. */
export type SettingSource = 'arguments' | 'environment' | 'configuration' | 'processes' | 'default';

export interface Found<T> {
  readonly value: T;
  readonly from: SettingSource;
}

/** A running application server: its processes, and its settings as far as they can be seen from outside. */
export interface SeenServer {
  /** Name of the server. */
  readonly kind: string;
  readonly application: string | null;
  readonly master: ServerProcess;
  /** Where there is no master (uvicorn without `--workers`) the one process is worker and master. */
  readonly workers: readonly ServerProcess[];
  readonly workerClass: Found<WorkerClass> | null;
  readonly threads: Found<number> | null;
  readonly preload: Found<boolean> | null;
  /** Further settings found, by wcalc's option names. */
  readonly settings: Readonly<Record<string, Found<number>>>;
  readonly configFile: string | null;
  /** Whether all that the configuration file sets could be read; true where there is none. */
  readonly configRead: boolean;
  readonly limits: Limits;
  readonly memory: ServerMemory | null;
  /** Share of busy time spent waiting, from watching; null where it cannot be known. */
  readonly ioRatio: number | null;
  readonly growth: Growth | null;
}

/** How a server's memory divides, in the terms of `--per-worker`, `--shared` and `--master`. */
export interface ServerMemory {
  readonly perWorkerMiB: number;
  readonly sharedMiB: number;
  readonly masterMiB: number;
  /** Sum over all its processes of PSS, or of RSS where PSS is not to be seen. */
  readonly totalMiB: number;
  /** How the per-worker figure was taken. */
  readonly basis: 'uss' | 'rss';
}

/** What watching a server showed. */
export interface Growth {
  readonly watchedSeconds: number;
  readonly samples: number;
  /** Least-squares slope of the mean per-worker memory. */
  readonly perWorkerMiBPerHour: number;
  readonly peakPerWorkerMiB: number;
  readonly peakTotalMiB: number;
}

export interface Detection {
  /** Of the process that runs wcalc. */
  readonly limits: Limits;
  readonly servers: readonly SeenServer[];
  /** What could not be seen, and why, in sentences. */
  readonly notes: readonly string[];
}
