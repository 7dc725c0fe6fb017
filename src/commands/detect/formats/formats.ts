import type { Detection } from '../../../observe/machine/types.js';
import type { ObservedValue } from '../../../observe/values.js';
import type { Formats } from '../../../output/deliver.js';

/** What `wcalc detect` found, and the same as values of options. */
export interface DetectResult {
  readonly detection: Detection;
  readonly observed: readonly ObservedValue[];
}

export const DETECT_FORMATS: Formats<DetectResult> = {
  table: async () => (await import('./table.js')).detectTable,
  json: async () => (await import('./json.js')).detectJson,
  yaml: async () =>
    (await import('../../../output/observed-yaml.js')).renderObserved('Detected by wcalc detect.'),
};
