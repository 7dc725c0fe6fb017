import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import type { Workload } from '../../../src/model/types.js';
import { facilityOf, type System } from '../../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../../src/simulation/run/simulate.js';
import { binaryHost } from './binary-host.js';
import {
  type Draw,
  exponential,
  gunicornLog,
  hyperexponential,
  lognormal,
  requests,
  traceOf,
} from './generated.js';

const SYSTEM: System = {
  workerClass: 'sync',
  gunicorn: 26,
  workers: 4,
  threads: 1,
  workerConnections: 1000,
  backlog: 2048,
  cores: 4,
  gil: true,
  timeoutMs: 0,
};

interface Case {
  readonly name: string;
  readonly system: Partial<System>;
  readonly workload: Workload;
  readonly cpu: Draw;
  readonly io: Draw;
  /** What of the requests is written: durations alone, or CPU and waiting. */
  readonly as: 'gunicorn' | 'trace';
}

const nothing = { kind: 'deterministic', mean: 0 } as const;

const CASES: readonly Case[] = [
  {
    name: 'sync, variable waiting, from durations alone',
    system: { workers: 8, cores: 8 },
    workload: {
      ratePerSecond: 65,
      cpu: { kind: 'deterministic', mean: 4 },
      io: { kind: 'lognormal', mean: 96, cv: 1.6 },
      ioCalls: 1,
      overheadMs: 0,
    },
    cpu: () => 4,
    io: lognormal(96, 1.6),
    as: 'gunicorn',
  },
  {
    name: 'sync, pure CPU, hyperexponential, from durations alone',
    system: { workers: 4, cores: 4 },
    workload: {
      ratePerSecond: 60,
      cpu: { kind: 'hyperexponential', mean: 50, cv: 2 },
      io: nothing,
      ioCalls: 0,
      overheadMs: 0,
    },
    cpu: hyperexponential(50, 2),
    io: () => 0,
    as: 'gunicorn',
  },
  {
    name: 'gthread with one shared queue, from a trace',
    system: { workerClass: 'gthread', workers: 2, threads: 6, workerConnections: 6, cores: 2 },
    workload: {
      ratePerSecond: 120,
      cpu: { kind: 'exponential', mean: 6 },
      io: { kind: 'lognormal', mean: 60, cv: 1.2 },
      ioCalls: 1,
      overheadMs: 0,
    },
    cpu: exponential(6),
    io: lognormal(60, 1.2),
    as: 'trace',
  },
  {
    name: 'gevent, from a trace',
    system: { workerClass: 'gevent', workers: 2, cores: 2 },
    workload: {
      ratePerSecond: 150,
      cpu: { kind: 'lognormal', mean: 8, cv: 0.7 },
      io: { kind: 'exponential', mean: 40 },
      ioCalls: 1,
      overheadMs: 0,
    },
    cpu: lognormal(8, 0.7),
    io: exponential(40),
    as: 'trace',
  },
];

test.each(CASES)(
  'a profile learnt from a log predicts p95 within 10 %: $name',
  async ({ system, workload, cpu, io, as }) => {
    const whole = { ...SYSTEM, ...system };
    const truth = simulate(facilityOf(whole), workload, {
      requests: 40_000,
      replications: 5,
      seed: 7,
    }).prediction;
    const served = requests(50_000, workload.ratePerSecond!, cpu, io, 21);
    const log = as === 'gunicorn' ? gunicornLog(served) : traceOf(served);
    const fit = binaryHost(['fit', 'a.log', '--format', 'yaml'], { 'a.log': new TextEncoder().encode(log) });
    expect(await run(fit.host), fit.err()).toBe(0);

    const cpuMs = 'mean' in workload.cpu ? workload.cpu.mean : 0;
    const ioMs = 'mean' in workload.io ? workload.io.mean : 0;
    const { workerClass, workers, threads, workerConnections, cores } = whole;
    const configuration = [
      ...[
        '--cores',
        String(cores),
        '--workers',
        String(workers),
        '--worker-class',
        workerClass,
        '--timeout',
        '0',
      ],
      ...(workerClass === 'gthread'
        ? ['--threads', String(threads), '--worker-connections', String(workerConnections)]
        : []),
      // The busiest minute is in the profile; what is tested is the mean rate.
      ...['--rate', String(workload.ratePerSecond)],
      // What a log of durations cannot tell.
      ...(as === 'gunicorn' ? ['--io-ratio', String(ioMs / (cpuMs + ioMs))] : []),
    ];
    const plan = binaryHost(['plan', '--profile', 'p.yaml', ...configuration, '--json'], {
      'p.yaml': new TextEncoder().encode(fit.out()),
    });
    await run(plan.host);
    const { given } = JSON.parse(plan.out());
    expect(given, plan.err()).not.toBeNull();
    expect(Math.abs(given.prediction.p95Ms / truth.p95Ms! - 1)).toBeLessThan(0.1);
    expect(Math.abs(given.prediction.meanMs / truth.meanMs! - 1)).toBeLessThan(0.1);
  },
);
