import { readFileSync, writeFileSync } from 'node:fs';
import { DEFAULT_SERVER } from '../../../src/servers/index.js';
import { SHAPE_RESULTS, type ShapeErrors } from '../shape-grid/section.js';
import { type Comparison, compare, counts, type Metric } from './compare.js';
import { errorShares } from './error-shares.js';
import { type Case, isDefault, kindOf, readCases, serverOf } from './measured.js';
import { page } from './page.js';
import { type Point, scatter } from './plot.js';
import { type Summary, summarize } from './summary.js';

const OWN = 'fixtures/measured';
/** What the counted cases must reach: median absolute errors, and the largest one of the simulator. */
const LIMITS = {
  simulated: { mean: 0.04, p95: 0.05, worst: 0.15 },
  analytic: { mean: 0.08, p95: 0.1 },
} as const;

/** Compares every case, prints the summary, and writes the page where the cases are the project's own. */
export async function validate(argv: readonly string[]): Promise<void> {
  const directory = argv[0] === '--measured' ? (argv[1] ?? OWN) : OWN;
  const comparisons: Comparison[] = [];
  for (const measured of readCases(directory)) comparisons.push(await compare(directory, measured));
  const shapes = JSON.parse(readFileSync(SHAPE_RESULTS, 'utf8')) as ShapeErrors[];
  const text = page(comparisons, shapes);
  if (directory === OWN) {
    writeFileSync('docs/accuracy.md', text);
    publishErrors(comparisons);
    publishShares(comparisons);
    writeFileSync('docs/accuracy-mean.svg', scatter('Mean response time', points(comparisons, 'mean')));
    writeFileSync('docs/accuracy-p95.svg', scatter('95th percentile', points(comparisons, 'p95')));
  } else process.stdout.write(text);
  for (const [title, some] of [
    [DEFAULT_SERVER.title, comparisons.filter(({ measured }) => isDefault(measured))],
    ['the other servers', comparisons.filter(({ measured }) => !isDefault(measured))],
  ] as const)
    report(title, summarize(some, nameOfKind).at(-1)!, some.filter(counts).length);
}

const nameOfKind = (measured: Case): string => kindOf(measured).name;

/** Writes the analytic errors of each server, by kind, to where `--explain` takes them from. */
function publishErrors(comparisons: readonly Comparison[]): void {
  for (const server of new Set(comparisons.map(({ measured }) => serverOf(measured)))) {
    const path = `src/servers/${server.name}/measured-errors.ts`;
    const cases = comparisons.filter(({ measured }) => serverOf(measured) === server);
    const text = readFileSync(path, 'utf8');
    const entries = summarize(cases, nameOfKind).flatMap(errorsEntry);
    writeFileSync(path, `${text.slice(0, text.lastIndexOf('= {'))}= {\n${entries.join('')}};\n`);
  }
}

function errorsEntry({ name, cases, analytic: { mean, p95 } }: Summary): readonly string[] {
  const rounded = (share: number): number => Number(share.toFixed(3));
  return name === 'all' || mean === null || p95 === null
    ? []
    : [
        `  ${name}: { cases: ${cases}, meanMedian: ${rounded(mean.median)}, meanWorst: ${rounded(mean.worst)}, p95Median: ${rounded(p95.median)}, p95Worst: ${rounded(p95.worst)} },\n`,
      ];
}

const SHARES = 'src/model/error-shares.ts';

/** Writes what 90 % of each model's errors stay within to where plans take it from. */
function publishShares(comparisons: readonly Comparison[]): void {
  const entries = Object.entries(errorShares(comparisons)).map(([id, share]) => {
    const fields = Object.entries(share).map(
      ([key, value]) => `    ${key}: ${typeof value === 'number' ? value : `'${value}'`},\n`,
    );
    return `  '${id}': {\n${fields.join('')}  },\n`;
  });
  const text = readFileSync(SHARES, 'utf8');
  writeFileSync(SHARES, `${text.slice(0, text.lastIndexOf('= {'))}= {\n${entries.join('')}};\n`);
}

function points(comparisons: readonly Comparison[], metric: Metric): readonly Point[] {
  return comparisons.flatMap((comparison) =>
    (['simulated', 'analytic'] as const).flatMap((series): Point[] => {
      const { measured, found } = comparison[series][metric];
      const label = `${comparison.measured.id}: ${series} ${found?.toFixed(1)} ms, measured ${measured.toFixed(1)} ms`;
      return found === null
        ? []
        : [{ measured, found, series, counted: counts(comparison), id: comparison.measured.id, label }];
    }),
  );
}

function report(title: string, all: Summary, cases: number): void {
  if (cases === 0) return;
  const missed: string[] = [];
  for (const way of ['simulated', 'analytic'] as const) {
    const parts = (['mean', 'p95'] as const).map((metric) => {
      const spread = all[way][metric];
      if (spread === null) return `${metric} –`;
      if (spread.median > LIMITS[way][metric]) missed.push(`${way} ${metric} median`);
      if (way === 'simulated' && spread.worst > LIMITS.simulated.worst) missed.push(`${way} ${metric} worst`);
      return `${metric} median ${(100 * spread.median).toFixed(1)} %, worst ${(100 * spread.worst).toFixed(1)} %`;
    });
    process.stderr.write(`${title}, ${way} against ${cases} measured cases: ${parts.join('; ')}\n`);
  }
  if (missed.length === 0) return;
  process.stderr.write(`${title} falls short: ${missed.join(', ')}\n`);
  process.exitCode = 1;
}
