import type { CheckResult } from '../../../check/result.js';
import { json } from '../../../text/json.js';

/** The JSON of `wcalc check`: the result itself, raw numbers with units in their names. */
export const checkJson = (result: CheckResult): string => json(result);
