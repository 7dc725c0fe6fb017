/** Processes beyond which a chain of this many stands for all. */
export const MOST_PROCESSES = 16;

/** Cores up to which they are left as they are when a chain stands for more processes than it has. */
const FEW_CORES = 8;

/** What a chain of few processes stands for. */
export interface StandIn {
  readonly processes: number;
  /** Cores and rate of the chain as a share of all. */
  readonly share: number;
  /** Processes of the chain per process that there would be with this share. */
  readonly crowding: number;
}

/**
 * With a core for each, or for every other process, cores and rate are scaled with the processes. Fewer cores keep the same
 * number of requests busy however many processes there are: they stay as they are, and what waits in line becomes rarer
 * with the processes ({@link spareOf}).
 */
export function standInFor(processes: number, cores: number, blocking: boolean): StandIn {
  const chained = Math.min(processes, MOST_PROCESSES);
  const inProportion = chained / processes;
  const share = blocking ? inProportion : Math.min(1, Math.max(inProportion, FEW_CORES / cores));
  return { processes: chained, share, crowding: inProportion / share };
}

/** Probability of all being busy, as a share of the chain's, that makes no wait. */
const NEGLIGIBLE = 1e-12;

/** Populations of the limit that are followed; the rest is counted with the last. */
const MOST_BUSY = 2048;

/** Requests at the cores where each has a process of its own: M/M/cores, whose law of the number present is that of processor sharing. */
function busyWithout(cpuMs: number, cores: number, arrivals: number): { mean: number; busy: Float64Array } {
  const ratio = (arrivals * cpuMs) / cores;
  const wanted = Math.ceil(cores + 30 / (1 - ratio));
  const busy = new Float64Array(Math.min(MOST_BUSY, wanted) + 1);
  busy[0] = 1;
  let total = 1;
  let moment = 0;
  for (let n = 1; n < busy.length; n++) {
    busy[n] = (busy[n - 1]! * arrivals * cpuMs) / Math.min(n, cores);
    total += busy[n]!;
    moment += n * busy[n]!;
  }
  const last = busy.length - 1;
  const tail = (busy[last]! * ratio) / (1 - ratio);
  const mean = (moment + tail * (last + 1 / (1 - ratio))) / (total + tail);
  busy[last]! += tail;
  return { mean, busy: busy.map((p) => p / (total + tail)) };
}

/** What changes with processes to spare, per visit. */
export interface Spare {
  /** P(all are busy), as a share of that of the chain. */
  readonly mustWait: number;
  /** Mean delay at the cores were there a process for every request. */
  readonly stretchedMs: number;
  /** How many are busy, between the chain's law and that of a process for every request. */
  busy(chained: Float64Array): Float64Array;
}

/** `arrivals` are the visits per ms of the chain. */
export function spareOf(
  { processes, share, crowding }: StandIn,
  pool: { readonly processes: number; readonly cores: number },
  cpuMs: number,
  arrivals: number,
): Spare {
  if (crowding > 1 - 1e-12) return { mustWait: 1, stretchedMs: 0, busy: (chained) => chained };
  const all = busyWithout(cpuMs, pool.cores, arrivals / share);
  const atLeast = (n: number): number => all.busy.subarray(Math.round(n)).reduce((sum, p) => sum + p, 0);
  const wereFull = atLeast(processes / share);
  const mustWait = wereFull > 0 ? atLeast(pool.processes) / wereFull : 0;
  // More requests than processes wait outside.
  const busy = Math.min(
    all.mean,
    all.busy.reduce((sum, p, n) => sum + p * Math.min(n, pool.processes), 0),
  );
  return {
    mustWait: mustWait > NEGLIGIBLE ? mustWait : 0,
    stretchedMs: Math.max(0, (busy * share) / arrivals - cpuMs),
    busy: (chained) =>
      busyWithout(cpuMs, pool.cores * share, arrivals).busy.map(
        (p, n) => (1 - crowding) * p + crowding * (chained[n] ?? 0),
      ),
  };
}
