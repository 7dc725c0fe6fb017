import { readFileSync, writeFileSync } from 'node:fs';
import { lawMean } from '../../../src/math/queues/index.js';
import { evenly, predict } from '../../../src/model/predict.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../../src/simulation/index.js';
import { quantileOf } from './errors.js';
import { errorsTable } from './published.js';
import { generator, KINDS, type Question, randomQuestion } from './systems.js';

const TIMES = ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms'] as const;
type Times = Record<(typeof TIMES)[number], number>;

interface Row extends Question {
  readonly simulated: Times;
  /** Half-widths of the 95 % confidence intervals of the simulated mean and 95th percentile, as shares of them. */
  readonly meanCi: number;
  readonly p95Ci?: number;
}

export function main(args: readonly string[]): void {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const from = option('from');
  const rows = from
    ? from.split(',').flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Row[])
    : simulatedRows(Number(option('count') ?? 40), Number(option('seed') ?? 1));
  for (const kind of KINDS)
    report(
      kind,
      rows.filter((row) => row.kind === kind),
    );
  report('all', rows);
  reportNoise(rows);
  reportWorst(rows, Number(option('worst') ?? 0));
  const out = option('out');
  if (out) writeFileSync(out, `${JSON.stringify(rows).replaceAll('},{"kind"', '},\n{"kind"')}\n`);
  if (args.includes('--publish')) publish(rows);
}

const PUBLISHED = 'src/model/simulated-errors.ts';

/** Writes the errors by method to where `--explain` takes them from. */
function publish(rows: readonly Row[]): void {
  const text = readFileSync(PUBLISHED, 'utf8');
  writeFileSync(PUBLISHED, `${text.slice(0, text.lastIndexOf('= {'))}= ${errorsTable(rows)};\n`);
}

const simulatedRows = (count: number, seed: number): Row[] =>
  KINDS.flatMap((kind) => {
    const random = generator(seed * 1000 + KINDS.indexOf(kind));
    return Array.from({ length: count }, () => answered(randomQuestion(kind, random)));
  });

/** Requests that a row may cost: fewer where each takes many turns at a core. */
function mostRequests({ system, workload, utilization }: Question): number {
  const { threads, workers, cores } = system;
  const inTurns = threads > 1 || workers > cores;
  const cpuMs = lawMean(workload.cpu);
  const turns = 3 * (workload.ioCalls + 1) + (inTurns ? cpuMs / SHORTEST_TURN_MS : 0);
  return Math.round(Math.max(100_000, Math.min(utilization >= 0.9 ? 1_600_000 : 800_000, 8e6 / turns)));
}

const SHORTEST_TURN_MS = 1;

/** Simulated until the intervals are narrow, or enough has been spent: busy systems vary too slowly for narrow ones. */
function answered(question: Question): Row {
  const { prediction } = simulate(evenly(facilityOf(question.system)), question.workload, {
    precision: 0.03,
    requests: mostRequests(question),
    replications: 5,
    warmup: question.utilization >= 0.9 ? 20_000 : 5_000,
  });
  const rounded = (value: number | null): number => Number((value ?? 0).toPrecision(6));
  const simulated = Object.fromEntries(TIMES.map((key) => [key, rounded(prediction[key])])) as Times;
  const ci = (key: 'meanMs' | 'p95Ms'): number =>
    Number(((prediction.ci95?.[key] ?? 0) / simulated[key]).toPrecision(2));
  return { ...question, simulated, meanCi: ci('meanMs'), p95Ci: ci('p95Ms') };
}

const errorOf = (row: Row, key: keyof Times): number =>
  (predict(evenly(facilityOf(row.system)), row.workload)[key] ?? 0) / row.simulated[key] - 1;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function report(label: string, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const line = TIMES.map((key) => {
    const errors = rows.map((row) => Math.abs(errorOf(row, key)));
    const beyond = errors.filter((error) => error > 0.15).length / rows.length;
    return `${key} ${percent(quantileOf(errors, 0.5))} / ${percent(quantileOf(errors, 0.95))} (${percent(beyond)})`;
  }).join('   ');
  console.log(
    `${label.padEnd(15)} ${String(rows.length).padStart(4)}   median / 95 % (beyond 15 %):   ${line}`,
  );
}

/** What of the errors the simulation itself may be to blame for. */
function reportNoise(rows: readonly Row[]): void {
  const line = (['meanCi', 'p95Ci'] as const).map((key) => {
    const widths = rows.map((row) => row[key] ?? 0);
    return `${key} ${percent(quantileOf(widths, 0.5))} / ${percent(quantileOf(widths, 0.95))}`;
  });
  console.log(`half-widths of the simulation's 95 % intervals, median / 95 %:   ${line.join('   ')}`);
}

/** The rows whose mean or 95th percentile is furthest off, the worst first. */
function reportWorst(rows: readonly Row[], count: number): void {
  if (!(count > 0)) return;
  const errors = rows.map((row) => ({ row, mean: errorOf(row, 'meanMs'), p95: errorOf(row, 'p95Ms') }));
  errors.sort(
    (a, b) => Math.max(Math.abs(b.mean), Math.abs(b.p95)) - Math.max(Math.abs(a.mean), Math.abs(a.p95)),
  );
  for (const { row, mean, p95 } of errors.slice(0, count)) {
    const { system, workload, utilization, kind } = row;
    const { cpu, io } = workload as unknown as Record<'cpu' | 'io', { mean: number; cv: number }>;
    console.log(
      `${kind.padEnd(14)} mean ${percent(mean)} ± ${percent(row.meanCi)}, p95 ${percent(p95)} ± ${percent(row.p95Ci ?? 0)}: ` +
        `${system.workers} × ${system.threads} on ${system.cores} at ${utilization}, ` +
        `CPU ${cpu.mean.toFixed(1)} ms (cv ${cpu.cv}), ${workload.ioCalls} waits of ${io.mean.toFixed(1)} ms in all (cv ${io.cv})`,
    );
  }
}
