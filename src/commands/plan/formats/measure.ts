import type { RenderContext } from '../../../output/deliver.js';
import { labelOf, type MeasureNext } from '../../../plan/types.js';
import { milliseconds, significant } from '../../../text/numbers.js';
import { wrap } from '../../../text/wrap.js';

/** What each assumed input would change over its plausible range, a line each. */
export const toMeasure = (list: readonly MeasureNext[], { width }: RenderContext): string =>
  list
    .map(({ flag, low, high, atLow, atHigh, command }) => {
      const ends = `${flag} ${significant(low)} gives ${size(atLow)}, ${significant(high)} gives ${size(atHigh)}`;
      return `  ${wrap(`${ends}: ${command}`, width, '    ')}`;
    })
    .join('\n');

function size(end: MeasureNext['atLow']): string {
  if (!end) return 'nothing that fits';
  const times = end.p95Ms === null ? '' : ` (p95 ${milliseconds(end.p95Ms)})`;
  return `${end.workers} × ${end.threads} ${labelOf({ server: 'workers', workerClass: end.workerClass })}${times}`;
}
