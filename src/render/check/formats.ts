import type { CheckResult } from '../../check/result.js';
import type { Formats } from '../deliver.js';

export const CHECK_FORMATS: Formats<CheckResult> = {
  text: async () => (await import('./text.js')).checkText,
  github: async () => (await import('./github.js')).checkGithub,
  sarif: async () => (await import('./sarif.js')).checkSarif,
  junit: async () => (await import('./junit.js')).checkJunit,
  markdown: async () => (await import('./markdown.js')).checkMarkdown,
  json: async () => (await import('./json.js')).checkJson,
};
