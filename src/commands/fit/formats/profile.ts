import { UsageError } from '../../../host/errors.js';
import type { FitReport } from '../../../observe/fit-report.js';
import { jsonLine } from '../../../text/json.js';

/** Everything that was counted, as JSON in one line, for `--profile` and for `fit --merge`. */
export function fitProfile(report: FitReport): string {
  if (report.kind === 'logs') return jsonLine(report.profile());
  throw new UsageError('--format profile is what logs are counted into; accepted here: table, json, yaml');
}
