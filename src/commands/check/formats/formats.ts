import type { CheckResult } from '../../../check/result.js';
import type { Formats } from '../../../output/deliver.js';

const text = async () => (await import('./text.js')).checkText;

/** `table` is what every command calls its form for people. */
export const CHECK_FORMATS: Formats<CheckResult> = {
  text,
  table: text,
  json: async () => (await import('./json.js')).checkJson,
  yaml: async () => (await import('../../../output/yaml.js')).yaml,
  github: async () => (await import('./github.js')).checkGithub,
  sarif: async () => (await import('./sarif.js')).checkSarif,
  junit: async () => (await import('./junit.js')).checkJunit,
  markdown: async () => (await import('./markdown.js')).checkMarkdown,
};
