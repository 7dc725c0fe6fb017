import type { CheckResult } from '../../check/result.js';
import type { Formats } from '../deliver.js';

export const CHECK_FORMATS: Formats<CheckResult> = {
  text: async () => (await import('./text.js')).checkText,
  json: async () => (await import('./json.js')).checkJson,
};
