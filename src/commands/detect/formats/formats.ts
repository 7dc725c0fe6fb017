import type { Formats } from '../../../output/deliver.js';
import type { DetectResult } from '../result.js';

export const DETECT_FORMATS: Formats<DetectResult> = {
  table: async () => (await import('./table.js')).detectTable,
  json: async () => (await import('./json.js')).detectJson,
  yaml: async () =>
    (await import('../../../output/observed-yaml.js')).renderObserved('Detected by wcalc detect.'),
};
