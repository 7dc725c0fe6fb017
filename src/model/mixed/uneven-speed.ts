import { type Demand, demandOf, shifted } from '../../math/laws/limited-mean.js';
import type { Share } from '../response/response.js';
import type { Line, ResponseParts } from '../response/response-parts.js';
import type { Mixed } from './at-rate.js';

/** Speeds that are told apart, each as likely as the others. */
const SPEEDS = 4;
/** Squared variation of the speed below which it is taken to be constant. */
const HARDLY_VARIED = 0.05;

/**
 * Where processes wait for cores, how long CPU takes varies between requests as it does in processor sharing: in M/M/1-PS the
 * times have the squared variation (2 + ρ)/(2 − ρ) (Coffman, Muntz and Trotter 1970), which is that of exponential times at
 * a speed that has ρ/(2 − ρ).
 */
export function atUnevenSpeed(
  { crowded, problem, loopRate, poolRate }: Mixed,
  shares: readonly Share[],
): readonly Share[] {
  const { facility, cpu } = problem;
  const load = Math.min(1, ((loopRate + poolRate) * facility.processes * cpu.mean) / facility.cores);
  const scv = (crowded * load) / (2 - load);
  if (scv < HARDLY_VARIED) return shares;
  return meansOfParts(demandOf({ kind: 'gamma', mean: 1, cv: Math.sqrt(scv) })).flatMap((factor) =>
    shares.map(({ weight, parts }) => ({
      weight: weight / SPEEDS,
      parts: () => stretchedBy(parts(), factor),
    })),
  );
}

/** Means of the law's parts of the same probability, the smallest first. */
function meansOfParts(law: Demand): readonly number[] {
  const above = (x: number): number => (law.limitedMean(x + STEP) - law.limitedMean(x)) / STEP;
  const ends = Array.from({ length: SPEEDS - 1 }, (_, n) => {
    let [low, high] = [0, 50];
    for (let halving = 0; halving < 40; halving++) {
      const middle = (low + high) / 2;
      if (above(middle) > 1 - (n + 1) / SPEEDS) low = middle;
      else high = middle;
    }
    return low;
  });
  /** E[X; X ≤ x] = E[min(X, x)] − x·P(X > x). */
  const upTo = [0, ...ends.map((x) => law.limitedMean(x) - x * above(x)), 1];
  return Array.from({ length: SPEEDS }, (_, n) => SPEEDS * (upTo[n + 1]! - upTo[n]!));
}

const STEP = 1e-4;

/** The same with all but the I/O so many times as long. */
function stretchedBy(parts: ResponseParts, factor: number): ResponseParts {
  const longer = (line: Line): Line => ({ ...line, meanMs: line.meanMs * factor });
  const { alike } = parts;
  return {
    ...parts,
    cpu: shifted(parts.cpu, 0, factor),
    wait: parts.wait.map((wait) => ({ ...wait, meanMs: wait.meanMs * factor })),
    lines: (parts.lines ?? []).map(longer),
    ...(alike && { alike: { ...alike, lines: [longer(alike.lines[0]), longer(alike.lines[1])] } }),
  };
}
