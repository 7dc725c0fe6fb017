import { arrivals } from '../laws/arrivals.js';
import { readsFile, sampledLaw } from '../laws/sampled-law.js';
import type { Option } from '../option.js';
import { choice, count, cpu, path, positiveDuration, positiveShare } from '../types.js';

/** Options of `wcalc simulate` alone. */
export const simulateOptions = {
  cpuDistribution: {
    type: sampledLaw,
    group: 'Request',
    help: 'law of the CPU time',
    fallback: 'by its cv',
    power: readsFile,
  },
  ioDistribution: {
    type: sampledLaw,
    group: 'Request',
    help: 'law of the I/O time',
    fallback: 'by its cv',
    power: readsFile,
  },
  arrivals: { type: arrivals, group: 'Request', help: 'how requests come', fallback: 'poisson' },
  trace: {
    type: path,
    group: 'Input',
    help: 'replay requests from a CSV file (plain or gzip) with at_ms, cpu_ms, io_ms; - is stdin',
    power: 'reads',
  },
  accept: {
    type: choice('even', 'skewed'),
    group: 'Server',
    help: 'how gthread processes that accept eagerly share the arrivals: alike, or as the kernel wakes them',
    fallback: 'skewed',
  },
  seed: { type: count(0), group: 'Model', help: 'seed of the random numbers', fallback: '1' },
  requests: {
    type: count(),
    group: 'Model',
    help: 'requests to simulate in all; with --precision, the most that it may take',
    fallback: '500000',
  },
  replications: {
    type: count(1, 10_000),
    group: 'Model',
    help: 'independent runs',
    fallback: '10, or one per million requests',
  },
  warmup: {
    type: count(0, 10_000_000),
    group: 'Model',
    help: 'requests ignored at the start of each run',
    fallback: '5 % of it, or more where MSER-5 finds so',
  },
  precision: {
    type: positiveShare,
    group: 'Model',
    help: 'run until mean and p95 are known this closely',
  },
  machineCores: {
    type: cpu,
    group: 'Machine',
    help: 'cores of the machine where --cores is a quota on it',
    fallback: '--cores, rounded up',
  },
  scheduler: {
    type: choice('ideal', 'linux'),
    group: 'Machine',
    help: 'how cores are shared: without loss, or as Linux does, where a thread may wait for the core it last ran on while another is idle',
    fallback: 'linux with --overhead, else ideal',
  },
  schedulerSlice: {
    type: positiveDuration,
    group: 'Machine',
    help: "the operating system's time slice",
    fallback: "Linux's, 0.75 to 3 ms by the machine's cores",
  },
  switchInterval: {
    type: positiveDuration,
    group: 'Server',
    help: "CPython's sys.getswitchinterval()",
    fallback: '5ms',
  },
} as const satisfies Record<string, Option<unknown>>;
