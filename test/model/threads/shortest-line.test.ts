import { expect, test } from 'vitest';
import { shortestLine } from '../../../src/model/threads/shortest-line.js';

test('one process has no other line to miss', () => {
  expect(shortestLine(1, 0.9)).toBe(1);
});

test('a line each costs wait over a common queue, the less so the busier all are', () => {
  for (const processes of [2, 4, 16]) {
    const at = [0.5, 0.8, 0.95].map((load) => shortestLine(processes, load * processes));
    expect(at[0]!).toBeGreaterThan(at[1]!);
    expect(at[1]!).toBeGreaterThan(at[2]!);
    expect(at[2]!).toBeGreaterThan(1);
  }
});

/** E[N] of two processes with unit services, an arrival joining the shorter line, by iterating the chain on [0, most]². */
function twoShortest(arrivals: number, most: number): number {
  const at = (shorter: number, longer: number): number => shorter * (most + 1) + longer;
  let p = new Float64Array((most + 1) ** 2);
  p[0] = 1;
  for (let step = 0; step < 6000; step++) {
    const next = new Float64Array(p.length);
    for (let m = 0; m <= most; m++)
      for (let n = m; n <= most; n++) {
        const mass = p[at(m, n)]! / (arrivals + 2);
        if (mass === 0) continue;
        if (m < n) next[at(m + 1, n)]! += arrivals * mass;
        else next[at(m, Math.min(most, n + 1))]! += arrivals * mass;
        next[at(Math.max(0, m - 1), n)]! += mass;
        next[n > m ? at(m, n - 1) : at(Math.max(0, n - 1), n)]! += mass;
      }
    p = next;
  }
  return p.reduce((sum, mass, i) => sum + mass * (Math.floor(i / (most + 1)) + (i % (most + 1))), 0);
}

test('two processes: within 3 % of the exact chain of both lines', () => {
  for (const load of [0.5, 0.8]) {
    const even = (2 * load * load ** 2) / (1 - load ** 2);
    const mean = 2 * load + even * shortestLine(2, 2 * load);
    expect(Math.abs(mean / twoShortest(2 * load, 60) - 1)).toBeLessThan(0.03);
  }
});
