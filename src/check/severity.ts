import type { Severity } from '../servers/rule.js';

/** From worst to least. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
