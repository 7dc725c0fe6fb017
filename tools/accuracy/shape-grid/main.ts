import { readFileSync, writeFileSync } from 'node:fs';
import { lawMean } from '../../../src/math/laws/moments.js';
import { predict } from '../../../src/model/predict.js';
import { simulate } from '../../../src/simulation/index.js';
import { generator } from '../model-grid/systems.js';
import { replacedSection, SHAPE_RESULTS, type ShapeErrors } from './section.js';
import { type Question, randomQuestion, SHAPES, type Shape } from './systems.js';

interface Row extends Question {
  readonly mean: number;
  readonly p95: number;
  /** Half-width of the 95 % confidence interval of the simulated mean, as a share of it. */
  readonly noise: number;
}

export function main(args: readonly string[]): void {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const count = Number(option('count') ?? 12);
  const seed = Number(option('seed') ?? 1);
  const results: ShapeErrors[] = [];
  const rows: Row[] = [];
  for (const shape of Object.keys(SHAPES) as Shape[]) {
    if (option('shape') && option('shape') !== shape) continue;
    for (const pooled of 'unpooled' in SHAPES[shape] ? [false] : [false, true]) {
      const random = generator(1000 * seed + 10 * Object.keys(SHAPES).indexOf(shape) + Number(pooled));
      const found = Array.from({ length: count }, () => answered(randomQuestion(shape, pooled, random)));
      rows.push(...found);
      const errors = summary(shape, pooled, found);
      results.push(errors);
      console.log(JSON.stringify(errors));
    }
  }
  worst(rows, Number(option('worst') ?? 0));
  if (args.includes('--publish')) publish(results);
}

/** Requests that a row may cost: fewer where each takes many turns at a core. */
function mostRequests({ workload, utilization }: Question): number {
  const turns = 3 * (workload.ioCalls + 1) + lawMean(workload.cpu);
  return Math.round(Math.max(60_000, Math.min(utilization >= 0.85 ? 1_200_000 : 300_000, 8e6 / turns)));
}

function answered(question: Question): Row {
  const { facility, workload, utilization } = question;
  const { prediction } = simulate(facility, workload, {
    precision: 0.03,
    requests: mostRequests(question),
    replications: 4,
    warmup: utilization >= 0.9 ? 20_000 : 5_000,
  });
  const found = predict(facility, workload);
  return {
    ...question,
    mean: found.meanMs! / prediction.meanMs! - 1,
    p95: found.p95Ms! / prediction.p95Ms! - 1,
    noise: (prediction.ci95?.meanMs ?? 0) / prediction.meanMs!,
  };
}

/** The smallest value that at least this share of the list does not exceed. */
const quantileOf = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))]!;

function summary(shape: Shape, pooled: boolean, rows: readonly Row[]): ShapeErrors {
  const of = (key: 'mean' | 'p95', share: number): number =>
    Number(
      quantileOf(
        rows.map((row) => Math.abs(row[key])),
        share,
      ).toFixed(4),
    );
  return {
    shape: SHAPES[shape].title,
    pooled,
    cases: rows.length,
    meanMedian: of('mean', 0.5),
    mean95: of('mean', 0.95),
    p95Median: of('p95', 0.5),
    p9595: of('p95', 0.95),
    beyond: Number(
      (
        rows.filter((row) => Math.max(Math.abs(row.mean), Math.abs(row.p95)) > 0.15).length / rows.length
      ).toFixed(4),
    ),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The rows whose mean or 95th percentile is furthest off, the worst first. */
function worst(rows: readonly Row[], count: number): void {
  const off = (row: Row): number => Math.max(Math.abs(row.mean), Math.abs(row.p95));
  for (const row of [...rows].sort((a, b) => off(b) - off(a)).slice(0, count)) {
    const { facility, workload, utilization, shape } = row;
    const { cpu, io } = workload as unknown as Record<'cpu' | 'io', { mean: number; cv: number }>;
    const { mix } = workload;
    const { database } = workload;
    const pool = database ? `, ${database.connections} connections for ${database.share} of them` : '';
    console.log(
      `${shape} mean ${percent(row.mean)} ± ${percent(row.noise)}, p95 ${percent(row.p95)}: ${facility.processes} × ${facility.slots} on ${facility.cores} at ${utilization}, ` +
        `CPU ${cpu.mean.toFixed(1)} ms (cv ${cpu.cv}), ${workload.ioCalls} waits of ${io.mean.toFixed(1)} ms in all (cv ${io.cv})${pool}${mix ? `; ${facility.pooledThreads} threads for ${mix.pooledShare} with CPU ${lawMean(mix.pooled.cpu)} ms and waits of ${lawMean(mix.pooled.io)} ms` : ''}`,
    );
  }
}

/** Writes the errors, beside those of other shapes, to where `npm run validate` takes them from, and the section of the page anew. */
function publish(results: readonly ShapeErrors[]): void {
  const before = JSON.parse(readFileSync(SHAPE_RESULTS, 'utf8')) as ShapeErrors[];
  const isSame = (a: ShapeErrors, b: ShapeErrors): boolean => a.shape === b.shape && a.pooled === b.pooled;
  const all = [
    ...before.map((old) => results.find((result) => isSame(result, old)) ?? old),
    ...results.filter((result) => !before.some((old) => isSame(result, old))),
  ];
  writeFileSync(SHAPE_RESULTS, `${JSON.stringify(all, null, 2)}\n`);
  const path = 'docs/accuracy.md';
  writeFileSync(path, replacedSection(readFileSync(path, 'utf8'), all));
}
