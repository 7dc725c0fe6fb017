import { SourceError } from '../../../host/errors.js';
import { cellsOf, columnsOf, hasColumns } from '../reading/cells.js';
import { numberIn, share, throughput } from '../reading/data.js';
import type { LineFormat } from './format.js';

/** Locust's `_stats.csv`: a line for each name, and one of all. It does not tell the users. */
export const locustStats: LineFormat = {
  kind: 'lines',
  name: 'Locust stats',
  recognises: (first) => hasColumns(first, ['Name', 'Request Count', 'Failure Count', 'Requests/s']),
  reader(heading, place) {
    const columns = columnsOf(heading);
    let total: readonly string[] | null = null;
    return {
      line(text, number) {
        const cells = cellsOf(text);
        const name = cells[columns.get('Name')!]?.trim();
        if (number > 1 && (name === 'Aggregated' || name === 'Total')) total = cells;
      },
      steps() {
        if (total === null)
          throw new SourceError(
            `${place.file}: has no line Aggregated; accepted: what locust --csv writes, whole`,
          );
        const cells: readonly string[] = total;
        const of = (name: string): number | null => numberIn(cells[columns.get(name) ?? -1]);
        const requests = of('Request Count');
        const rate = throughput(of('Requests/s'), place, 'Requests/s');
        return [
          {
            source: place.file,
            tool: 'Locust',
            loop: 'closed',
            users: null,
            offeredPerSecond: null,
            seconds: requests === null ? null : requests / rate,
            requests,
            throughputPerSecond: rate,
            errorShare: share(of('Failure Count'), requests),
            times: {
              meanMs: of('Average Response Time'),
              p50Ms: of('50%') ?? of('Median Response Time'),
              p90Ms: of('90%'),
              p95Ms: of('95%'),
              p99Ms: of('99%'),
              maxMs: of('Max Response Time'),
            },
            notes: ['the number of users is not in this file; give the one that ends in _stats_history.csv'],
          },
        ];
      },
    };
  },
};
