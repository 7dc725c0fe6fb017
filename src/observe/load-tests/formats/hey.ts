import { SourceError } from '../../../host/errors.js';
import { cellsOf, columnsOf, hasColumns } from '../reading/cells.js';
import { numberIn } from '../reading/data.js';
import { sampledSteps } from '../reading/sampled-steps.js';
import { Samples } from '../reading/samples.js';
import type { LineFormat } from './format.js';

/** What `hey -o csv` writes: a line for each request, times in s. It does not tell its workers: they are those in flight. */
export const hey: LineFormat = {
  kind: 'lines',
  name: 'hey CSV',
  recognises: (first) => hasColumns(first, ['response-time', 'status-code', 'offset']),
  reader(heading, place) {
    const columns = columnsOf(heading);
    const samples = new Samples(place);
    return {
      line(text, number) {
        if (number === 1 || text.trim() === '') return;
        const cells = cellsOf(text);
        const of = (name: string): number | null => numberIn(cells[columns.get(name)!]);
        const [seconds, offset, status] = [of('response-time'), of('offset'), of('status-code')];
        if (seconds === null || offset === null || status === null)
          throw new SourceError(
            `${place.file}:${number}: is no line of hey -o csv: response-time, status-code and offset must be numbers`,
          );
        samples.add(1000 * (offset + seconds), 1000 * seconds, status < 200 || status >= 400);
      },
      steps: () => sampledSteps(samples, { tool: 'hey', loop: 'closed' }, place),
    };
  },
};
