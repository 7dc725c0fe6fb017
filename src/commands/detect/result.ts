import type { Detection } from '../../observe/machine/types.js';
import type { ObservedValue } from '../../observe/values.js';

/** What `wcalc detect` found, and the same as values of options. */
export interface DetectResult {
  readonly detection: Detection;
  readonly observed: readonly ObservedValue[];
}
