import { yamlOf } from '../text/quote/yaml.js';

/** The same data as the JSON, as YAML 1.2. */
export const yaml = (result: unknown): string => yamlOf(JSON.parse(JSON.stringify(result)));
