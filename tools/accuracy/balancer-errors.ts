// Errors of predictions of one replica behind a balancer against simulated fleets, by balancer: docs/accuracy.md has what this
// prints. Systems are drawn at random from all shapes of queue.
// usage: npm run bench:balancer-errors -- [--count N] [--seed S] [--from FILE,…] [--out FILE] [--worst N] [--publish]
import { readFileSync, writeFileSync } from 'node:fs';
import { behindBalancer } from '../../src/model/balancers/behind-balancer.js';
import { capacity } from '../../src/model/capacity.js';
import { evenly, predict } from '../../src/model/predict.js';
import type { Workload } from '../../src/model/types.js';
import { facilityOf, type System } from '../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../src/simulation/index.js';
import { quantileOf } from './model-grid/errors.js';
import { generator } from './model-grid/systems.js';

const BALANCERS = ['random', 'round-robin', 'least-connections', 'power-of-two'] as const;
const QUEUES = ['plain', 'sync', 'gthread', 'gthread-shared', 'gevent'] as const;
const METRICS = ['meanMs', 'p95Ms'] as const;
const REQUESTS = 400_000;
const PUBLISHED = 'tools/accuracy/balancer-errors.md';

type Times = Readonly<Record<(typeof METRICS)[number], number>>;

interface Question {
  readonly queue: (typeof QUEUES)[number];
  readonly balancer: (typeof BALANCERS)[number];
  readonly replicas: number;
  readonly balancers: number;
  readonly utilization: number;
  readonly system: System;
  readonly workload: Workload;
}

interface Row extends Question {
  readonly simulated: Times;
}

/** 2 to 32 replicas of 1 to 8 workers at 0.3 to 0.9 of their capacity; most demands are exponential with one wait. */
function randomQuestion(balancer: Question['balancer'], random: () => number): Question {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const queue = pick(QUEUES);
  const replicas = pick([2, 3, 4, 8, 16, 32]);
  const workers = pick([1, 2, 4, 8]);
  const threads = queue.startsWith('gthread') ? pick([2, 4, 8]) : 1;
  const cores = queue === 'plain' ? workers : pick([1, 2, 4].filter((number) => number <= workers));
  const ioShare = queue === 'plain' ? 0 : pick([0.3, 0.5, 0.7, 0.9]);
  const isUsual = random() < 0.6;
  const cv = (): number => (isUsual ? 1 : pick([0, 0.5, 1, 1.5]));
  const system: System = {
    workerClass: queue === 'gevent' ? 'gevent' : threads > 1 ? 'gthread' : 'sync',
    ...{ gunicorn: 26, workers, threads, cores, backlog: 2048, gil: true, timeoutMs: 0 },
    workerConnections: queue === 'gthread-shared' ? threads : 1000,
  };
  const workload: Workload = {
    ratePerSecond: null,
    cpu: { kind: 'two-moment', mean: 100 * (1 - ioShare), cv: cv() },
    io: { kind: 'two-moment', mean: 100 * ioShare, cv: cv() },
    ioCalls: ioShare > 0 ? 1 : 0,
    overheadMs: 0,
  };
  const utilization = pick([0.3, 0.5, 0.6, 0.7, 0.8, 0.9]);
  const ratePerSecond = utilization * capacity(evenly(facilityOf(system)), workload);
  const balancers = balancer === 'round-robin' ? pick([1, 1, 2, 4]) : 1;
  return {
    queue,
    balancer,
    replicas,
    balancers,
    utilization,
    system,
    workload: { ...workload, ratePerSecond },
  };
}

function answered(question: Question): Row {
  const { replicas, balancer, balancers, system, workload } = question;
  const { prediction } = simulate(evenly(facilityOf(system)), workload, {
    requests: REQUESTS,
    replications: 2,
    warmup: 20_000,
    balancing: { replicas, balancer, balancers },
  });
  const rounded = (value: number | null): number => Number((value ?? 0).toPrecision(6));
  return { ...question, simulated: { meanMs: rounded(prediction.meanMs), p95Ms: rounded(prediction.p95Ms) } };
}

function errorOf({ system, workload, simulated, ...spread }: Row, metric: keyof Times): number {
  const predicted = behindBalancer(predict, spread)(evenly(facilityOf(system)), workload);
  return (predicted[metric] ?? 0) / simulated[metric] - 1;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The table that docs/accuracy.md takes from {@link PUBLISHED}. */
function tableOf(rows: readonly Row[]): string {
  const lines = BALANCERS.flatMap((balancer) => {
    const some = rows.filter((row) => row.balancer === balancer);
    if (some.length === 0) return [];
    const cells = METRICS.flatMap((metric) => {
      const errors = some.map((row) => Math.abs(errorOf(row, metric)));
      return [percent(quantileOf(errors, 0.5)), percent(quantileOf(errors, 0.95))];
    });
    return [`| ${balancer} | ${some.length} | ${cells.join(' | ')} |`];
  });
  return [
    '| balancer | fleets | mean: median | mean: 95 % within | p95: median | p95: 95 % within |',
    '| --- | --: | --: | --: | --: | --: |',
    ...lines,
  ].join('\n');
}

function reportWorst(rows: readonly Row[], count: number): void {
  const errors = rows.map((row) => ({ row, mean: errorOf(row, 'meanMs'), p95: errorOf(row, 'p95Ms') }));
  const size = ({ mean, p95 }: (typeof errors)[number]): number => Math.max(Math.abs(mean), Math.abs(p95));
  for (const { row, mean, p95 } of errors.sort((a, b) => size(b) - size(a)).slice(0, count)) {
    const { system, workload, queue, balancer, balancers, replicas, utilization } = row;
    const { cpu, io } = workload as unknown as Record<'cpu' | 'io', { mean: number; cv: number }>;
    console.log(
      `${balancer} (${balancers}) over ${replicas} × ${queue} ${system.workers} × ${system.threads} on ${system.cores} at ${utilization}, ` +
        `CPU ${cpu.mean.toFixed(0)} ms (cv ${cpu.cv}), I/O ${io.mean.toFixed(0)} ms (cv ${io.cv}): mean ${percent(mean)}, p95 ${percent(p95)}`,
    );
  }
}

const args = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
};
const from = option('from');
const out = option('out');
const seed = Number(option('seed') ?? 1);
const rows: readonly Row[] = from
  ? from.split(',').flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Row[])
  : BALANCERS.flatMap((balancer, n) => {
      const random = generator(seed * 1000 + n);
      return Array.from({ length: Number(option('count') ?? 40) }, () =>
        answered(randomQuestion(balancer, random)),
      );
    });
if (out) writeFileSync(out, `${JSON.stringify(rows)}\n`);
console.log(tableOf(rows));
if (args.includes('--publish')) writeFileSync(PUBLISHED, `${tableOf(rows)}\n`);
reportWorst(rows, Number(option('worst') ?? 0));
