import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/math/random/random.js';
import { Looks } from '../../../../src/simulation/engine/linux/idle-balancing.js';

/** Share of the looks with work there that were made, after a run-in, where work is there with probability `work`. */
function share(work: number, core = 0): number {
  const looks = new Looks(2);
  const random = new Random(3, 0, 4);
  let [there, made, wrong] = [0, 0, 0];
  for (let n = 0; n < 200_000; n++) {
    const isThere = random.uniform() < work;
    const found = looks.tries(core, isThere, random);
    if (found && !isThere) wrong++;
    if (n < 20_000 || !isThere) continue;
    there++;
    if (found) made++;
  }
  expect(wrong).toBe(0);
  return made / there;
}

describe('a core that falls idle', () => {
  it.each([0.1, 0.3, 0.6, 0.9])('looks for work as often as looks find some (%d)', (work) => {
    // Wrongly counted looks would drive the share to 0 or 1; the rounding of a look's weight biases it a little.
    expect(share(work)).toBeGreaterThan(0.6 * work);
    expect(share(work)).toBeLessThan(Math.min(1, 1.4 * work));
    expect(share(work, 1)).toBeCloseTo(share(work), 9);
  });

  it('begins with one look in two', () => {
    const random = new Random(5, 0, 4);
    const made = Array.from({ length: 2000 }, () => new Looks(1).tries(0, true, random)).filter(Boolean);
    expect(made.length / 2000).toBeGreaterThan(0.45);
    expect(made.length / 2000).toBeLessThan(0.55);
  });

  it('looks more often where there always was work, and hardly where there never was', () => {
    const random = new Random(6, 0, 4);
    const [rich, poor] = [new Looks(1), new Looks(1)];
    for (let n = 0; n < 5000; n++) {
      rich.tries(0, true, random);
      poor.tries(0, false, random);
    }
    const made = (looks: Looks, of: number) =>
      Array.from({ length: of }, () => looks.tries(0, true, random)).filter(Boolean).length;
    expect(made(rich, 100)).toBeGreaterThan(60);
    expect(made(poor, 20)).toBeLessThan(2);
  });
});
