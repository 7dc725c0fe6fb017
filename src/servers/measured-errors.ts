import { MEASURED_ERRORS, type MeasuredErrors } from './gunicorn/measured-errors.js';
import type { Kind } from './server.js';

/** Errors against a real server that runs this kind; null where none was measured. */
export const measuredErrorsOf = ({ workerClass }: Kind): MeasuredErrors | null =>
  Object.entries(MEASURED_ERRORS).find(([name]) => name === workerClass)?.[1] ?? null;
