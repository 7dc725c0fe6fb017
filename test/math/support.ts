import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Cases of a file in fixtures/queueing. */
export function fixture<T>(name: string): readonly T[] {
  const url = new URL(`../../fixtures/queueing/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T[];
}

/** Whether a number agrees with a reference to a relative error (and an absolute one around 0). */
export function expectClose(actual: number | null, wanted: number, relative: number, absolute = 0): void {
  expect(actual, `not a number where ${wanted} was wanted`).toBeTypeOf('number');
  const error = Math.abs(actual! - wanted);
  if (error <= relative * Math.abs(wanted) + absolute) return;
  expect.fail(`${actual} is not within ${relative} of ${wanted} (off by ${error / Math.abs(wanted)})`);
}

/** A fixed seed, so that a failure can be repeated. */
export const SEED = { seed: 20_240_607, numRuns: 200 } as const;
