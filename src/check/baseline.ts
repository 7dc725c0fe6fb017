import { SourceError } from '../host/errors.js';
import { json } from '../text/json.js';
import type { Finding } from './result.js';

/** How often each finding is accepted, by fingerprint. */
export type Baseline = ReadonlyMap<string, number>;

/** The text of a baseline file: what is accepted, readable in a review, in a stable order. */
export function baselineText(findings: readonly Finding[]): string {
  const accepted = findings
    .map(({ fingerprint, rule, file, server, message }) => ({ fingerprint, rule, file, server, message }))
    .sort(
      (a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint),
    );
  return `${json({ schemaVersion: 1, accepted })}\n`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function parseBaseline(text: string, file: string): Baseline {
  const wrong = (what: string) =>
    new SourceError(`${file}: ${what}; write it with wcalc check --baseline ${file} --update-baseline`);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw wrong('this baseline is not JSON');
  }
  const accepted = (data as { accepted?: unknown } | null)?.accepted;
  if (!Array.isArray(accepted)) throw wrong('this baseline has no list "accepted"');
  const counts = new Map<string, number>();
  for (const entry of accepted as readonly ({ fingerprint?: unknown } | null)[]) {
    const fingerprint = entry?.fingerprint;
    if (typeof fingerprint !== 'string') throw wrong('an accepted finding has no fingerprint');
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return counts;
}

/** Splits findings into new ones and accepted ones; a second one like an accepted one is new. */
export function splitByBaseline(findings: readonly Finding[], baseline: Baseline) {
  const left = new Map(baseline);
  const fresh: Finding[] = [];
  const accepted: Finding[] = [];
  for (const finding of findings) {
    const count = left.get(finding.fingerprint) ?? 0;
    if (count > 0) {
      left.set(finding.fingerprint, count - 1);
      accepted.push(finding);
    } else fresh.push(finding);
  }
  return { fresh, accepted };
}
