import type { FitReport } from '../../../observe/fit-report.js';

/** Everything that was counted, as JSON in one line, for `--profile` and for `fit --merge`. */
export const fitProfile = (report: FitReport): string => JSON.stringify(report.profile());
