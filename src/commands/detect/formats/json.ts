import { json } from '../../../text/json.js';
import type { DetectResult } from '../result.js';

/** The JSON of `wcalc detect`. */
export const detectJson = ({ detection, observed }: DetectResult): string =>
  json({
    schemaVersion: 1,
    machine: detection.limits,
    servers: detection.servers,
    values: Object.fromEntries(observed.map(({ name, text, where }) => [name, { value: text, where }])),
    notes: detection.notes,
  });
