import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A reference case: inputs, expected numbers, and how far off they may be. */
export interface Case<Inputs> {
  readonly id: string;
  readonly inputs: Inputs;
  readonly expected: Readonly<Record<string, number>>;
  readonly source: string;
}

export function casesOf<Inputs>(name: string): Case<Inputs>[] {
  return JSON.parse(readFileSync(new URL(`../../fixtures/queueing/${name}.json`, import.meta.url), 'utf8'));
}

export const PERCENTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
  ['p999', 0.999],
] as const;

/** |got − want| ≤ relative·|want|; errors below 1e-14 pass. */
export function expectClose(got: number, want: number | undefined, relative: number, what: string): void {
  if (want === undefined) return;
  const error = Math.abs(got - want) < 1e-14 ? 0 : Math.abs(got - want) / Math.abs(want);
  expect(error, `${what}: got ${got}, want ${want}`).toBeLessThanOrEqual(relative);
}
