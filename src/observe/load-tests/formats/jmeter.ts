import { cellsOf, columnsOf, hasColumns } from '../reading/cells.js';
import { numberIn } from '../reading/data.js';
import { sampledSteps } from '../reading/sampled-steps.js';
import { Samples } from '../reading/samples.js';
import type { LineFormat } from './format.js';

/** The CSV of JMeter (`-l results.jtl`) with its heading: a line for each sample, times in ms. */
export const jmeter: LineFormat = {
  kind: 'lines',
  name: 'JMeter CSV',
  recognises: (first) => hasColumns(first, ['timeStamp', 'elapsed', 'label']),
  reader(heading, place) {
    const columns = columnsOf(heading);
    const samples = new Samples(place);
    return {
      line(text, number) {
        if (number === 1) return;
        const cells = cellsOf(text);
        const cell = (name: string): string | undefined => cells[columns.get(name) ?? -1];
        const [begunMs, elapsedMs] = [timeOf(cell('timeStamp')), numberIn(cell('elapsed'))];
        // A message of several lines goes on in lines that are no samples.
        if (begunMs === null || elapsedMs === null) return;
        const failed = cell('success')?.toLowerCase() === 'false';
        samples.add(begunMs + elapsedMs, elapsedMs, failed, numberIn(cell('allThreads')) ?? Number.NaN);
      },
      steps: () => sampledSteps(samples, { tool: 'JMeter', loop: 'closed' }, place),
    };
  },
};

/** ms since 1970, from them or from a date such as `2026/11/30 12:00:00.123`. */
function timeOf(cell: string | undefined): number | null {
  const number = numberIn(cell);
  if (number !== null || cell === undefined) return number;
  const date = Date.parse(cell);
  return Number.isNaN(date) ? null : date;
}
