import { json } from '../../../text/json.js';
import type { FitReport } from './formats.js';

/** The JSON of `wcalc fit`. */
export function fitJson({ result, observed }: FitReport): string {
  const { concurrency } = result;
  return json({
    schemaVersion: 1,
    ...result,
    concurrency: concurrency && { ...concurrency, shareAbove: undefined },
    values: Object.fromEntries(observed.map(({ name, text, where }) => [name, { value: text, where }])),
  });
}
