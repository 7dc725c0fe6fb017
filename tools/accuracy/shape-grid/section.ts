/** Absolute errors of the formulas against simulated systems of a shape, as shares: median, and what 95 % stay within. */
export interface ShapeErrors {
  readonly shape: string;
  /** Whether requests queue for database connections. */
  readonly pooled: boolean;
  readonly cases: number;
  readonly meanMedian: number;
  readonly mean95: number;
  readonly p95Median: number;
  readonly p9595: number;
  /** Share of the cases in which mean or 95th percentile is off by more than 15 %. */
  readonly beyond: number;
}

/** Where the errors are kept. */
export const SHAPE_RESULTS = 'tools/accuracy/shape-grid/results.json';

const HEADING = '## Formulas against simulation, by shape';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The section of docs/accuracy.md. */
export function shapeSection(results: readonly ShapeErrors[]): string {
  const rows = results.map(
    ({ shape, pooled, cases, meanMedian, mean95, p95Median, p9595, beyond }) =>
      `| ${shape} | ${pooled ? 'yes' : 'no'} | ${cases} | ${[meanMedian, mean95, p95Median, p9595, beyond].map(percent).join(' | ')} |`,
  );
  return `${HEADING}

Random systems of the shapes that servers have, simulated and predicted: 1 to 16 processes, 1 to 64 threads, 1 to 16 cores, utilisation 30 to 95 % of the capacity, I/O 50 to 95 %, exponential times with one wait in six of ten, else 1 to 4 waits and coefficients of variation from 0 to 1.5. **Pool**: each process has fewer database connections (2 to 40) than it serves requests, each held for 30, 60 or 100 % of the waits. Absolute errors, median and what 95 % of the cases stay within; the last column is the share of cases in which mean or p95 is off by more than 15 %. Loops with threads beside them hand 10 to 90 % of the requests to the threads, in half of the systems with times of their own, and have no such pool. Written by \`node tools/accuracy/shape-grid.mjs --publish\`.

| shape | pool | cases | mean median | mean 95 % | p95 median | p95 95 % | beyond 15 % |
| --- | --- | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}

What stands out is \`django\` where several processes share fewer cores at 90 % of the capacity and more: threads are unlimited there, and the 95th percentile is predicted up to a third too low. Loops with threads beside them are predicted up to a third too low where CPU times vary widely, above all between the two kinds of requests, and a third too high where many processes share one core near its capacity and each has a single thread. Other cases beyond 15 % are mostly ones whose simulated mean is itself uncertain by as much.
`;
}

/** The page with its section on shapes, which stands last, written anew. */
export function replacedSection(page: string, results: readonly ShapeErrors[]): string {
  const at = page.indexOf(HEADING);
  return `${(at < 0 ? page : page.slice(0, at)).trimEnd()}\n\n${shapeSection(results)}`;
}
