import { csvRecord } from '../../../text/csv.js';
import { RESULTS } from '../result.js';
import type { SweepResult } from '../types.js';

/** One record a point: the varied inputs in their options' units, then the results with their units in the head. */
export function sweepCsv(sweep: SweepResult): string {
  const head = [
    ...sweep.axes.map((axis) => axis.input),
    'stable',
    ...sweep.results.map((name) => `${name}${UNIT_SUFFIX[RESULTS[name].unit] ?? ''}`),
  ];
  const records = sweep.points.map((point) =>
    csvRecord([...point.at, point.stable, ...sweep.results.map((name) => point.results[name])]),
  );
  return [csvRecord(head), ...records].join('\n');
}

const UNIT_SUFFIX: Readonly<Record<string, string>> = {
  ms: '_ms',
  '%': '_percent',
  'req/s': '_per_second',
  MiB: '_mib',
};
