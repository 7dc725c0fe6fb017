import type { Finding } from './result.js';
import { isAtLeast, type Severity } from './severity.js';

export function summaryOf(findings: readonly Finding[], accepted: readonly Finding[]) {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    accepted: accepted.length,
  };
}

/** Whether nothing is as bad as `failOn` or worse. */
export const passes = (findings: readonly Finding[], failOn: Severity): boolean =>
  !findings.some(({ severity }) => isAtLeast(severity, failOn));
