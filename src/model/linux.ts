/** `sys.getswitchinterval()` of CPython: a thread that wants the lock asks for it after this time, ms. */
export const SWITCH_INTERVAL_MS = 5;

/** Period of the CPU bandwidth controller of Linux control groups, ms. */
export const QUOTA_PERIOD_MS = 100;

/** The longest {@link linuxSliceMs}. */
export const MOST_SLICE_MS = 3;

/**
 * For how long Linux runs a thread before another that waits for the CPU, ms: 0.75 × (1 + ⌊log₂ CPUs⌋), eight CPUs at
 * most (kernel/sched/fair.c; 0.7 from 6.13 on). A fraction of a CPU counts as a whole one.
 */
export function linuxSliceMs(cpus: number): number {
  return Math.min(MOST_SLICE_MS, 0.75 * (1 + Math.floor(Math.log2(Math.max(1, Math.ceil(cpus))))));
}

/** Linux's timer tick, ms: 250 a second (Debian's kernels and its own default; some distributions have 1000). */
export const LINUX_TICK_MS = 4;

/** How often a busy CPU looks for work to even out, in multiples of an idle one (`busy_factor`, kernel/sched/topology.c). */
export const LINUX_BUSY_FACTOR = 16;
