import type { MoveResult } from '../../../check/move.js';
import type { Formats } from '../../../output/deliver.js';

const text = async () => (await import('./to-text.js')).toText;

export const TO_FORMATS: Formats<MoveResult> = {
  text,
  table: text,
  json: async () => (await import('../../../text/json.js')).json,
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
};
