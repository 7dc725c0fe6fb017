import { stringify } from 'yaml';

/** The same data as the JSON, as YAML 1.2. */
export const yaml = (result: unknown): string =>
  stringify(JSON.parse(JSON.stringify(result)), { lineWidth: 0, aliasDuplicateObjects: false });
