/** A function of one input that may have no value (overload). */
export type Curve = (x: number) => number | null;

export interface Bracket {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

export type Solution =
  | { readonly kind: 'found'; readonly x: number; readonly y: number }
  /** The condition holds over the whole range. */
  | { readonly kind: 'always' }
  /** It holds nowhere. */
  | { readonly kind: 'never' };

const RELATIVE_PRECISION = 1e-9;
const MAX_STEPS = 200;

/**
 * The input at which a monotone curve crosses `level`: the last (or first) x at which `holds` is true.
 * Bisection on the truth of `holds` needs no derivative and no value beyond overload. O(log(range/precision)) evaluations.
 */
function boundary(
  holds: (x: number) => boolean,
  { low, high, whole }: Bracket,
): { readonly inside: number; readonly outside: number } | null {
  const [atLow, atHigh] = [holds(low), holds(high)];
  if (atLow === atHigh) return null;
  let inside = atLow ? low : high;
  let outside = atLow ? high : low;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const gap = Math.abs(outside - inside);
    if (whole ? gap <= 1 : gap <= RELATIVE_PRECISION * Math.max(Math.abs(inside), Math.abs(outside))) break;
    const middle = midpoint(inside, outside, whole);
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return { inside, outside };
}

function midpoint(a: number, b: number, whole: boolean): number {
  const sameSign = a > 0 && b > 0;
  const middle = sameSign && Math.max(a, b) / Math.min(a, b) > 4 ? Math.sqrt(a) * Math.sqrt(b) : (a + b) / 2;
  return whole ? Math.min(Math.max(a, b) - 1, Math.max(Math.min(a, b) + 1, Math.round(middle))) : middle;
}

/** The furthest input at which `curve` still keeps `limit` (at most, or at least, as `lessIsBetter` says). */
export function solve(curve: Curve, limit: number, lessIsBetter: boolean, bracket: Bracket): Solution {
  const holds = (x: number) => {
    const y = curve(x);
    return y !== null && (lessIsBetter ? y <= limit : y >= limit);
  };
  const edge = boundary(holds, bracket);
  if (edge) return { kind: 'found', x: edge.inside, y: curve(edge.inside)! };
  return { kind: holds(bracket.low) ? 'always' : 'never' };
}
