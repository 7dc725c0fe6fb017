import type { FitReport } from '../../../observe/fit-report.js';
import { json } from '../../../text/json.js';

/** The JSON of `wcalc fit`. */
export function fitJson({ result, observed }: FitReport): string {
  return json({
    schemaVersion: 1,
    ...result,
    values: Object.fromEntries(observed.map(({ name, text, where }) => [name, { value: text, where }])),
  });
}
