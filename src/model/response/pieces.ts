import type { Demand } from '../../math/laws/limited-mean.js';
import { solveInPlace, zeros } from '../../math/matrix/dense.js';
import type { Visit } from './visits.js';

/** CPU that a request holds a line's server for at one time: mean and mean of the square over all requests, ms and ms². */
export interface Piece {
  readonly meanMs: number;
  readonly squareMs2: number;
  /** P(a request comes to it). */
  readonly share: number;
  /** CPU of the piece before where it comes just after that; null where it comes after a wait. */
  readonly afterMs: number | null;
}

/** Visits that run to their end. */
export const wholePieces = (visits: readonly Visit[]): Piece[][] =>
  visits.map(({ meanMs, squareMs2, atOnce }, n) => [
    { meanMs, squareMs2, share: 1, afterMs: atOnce ? visits[n - 1]!.meanMs : null },
  ]);

/** Visits cut off after every `sliceMs`, their request coming back at once; by visit. `cpu` is all that a request computes. */
export function cutPieces(visits: readonly Visit[], cpu: Demand, sliceMs: number): Piece[][] {
  const allServerMs = visits.reduce((sum, { serverMs }) => sum + serverMs, 0);
  return visits.map((visit, n) => {
    const afterMs = visit.atOnce ? visits[n - 1]!.meanMs : null;
    const { meanMs, squareMs2, ownShare, serverMs } = visit;
    // E[min(visit, x)].
    const limited = (x: number): number =>
      x <= serverMs || ownShare === 0
        ? Math.min(x, meanMs)
        : serverMs + ownShare * (cpu.limitedMean((x - serverMs) / ownShare + allServerMs) - allServerMs);
    if (meanMs - limited(sliceMs) <= NEGLIGIBLE * meanMs) return [{ meanMs, squareMs2, share: 1, afterMs }];
    return slicesOf(limited, meanMs, sliceMs, afterMs);
  });
}

/** Share of a visit that is no slice of its own. */
const NEGLIGIBLE = 1e-3;
const MOST_SLICES = 24;
/** Of Simpson’s rule. */
const STEPS = 32;

function slicesOf(
  limited: (x: number) => number,
  meanMs: number,
  sliceMs: number,
  afterMs: number | null,
): Piece[] {
  const slices: Piece[] = [];
  for (let [k, isLast] = [0, false]; !isLast; k++) {
    const from = k * sliceMs;
    const done = limited(from);
    isLast = k === MOST_SLICES - 1 || meanMs - limited(from + sliceMs) <= NEGLIGIBLE * meanMs;
    // E[min(slice, sliceMs)²] = 2∫ u·P(visit > from + u) du, by parts.
    let areaMs2 = 0;
    for (let n = 0; n <= STEPS; n++) {
      const weight = n === 0 || n === STEPS ? 1 : n % 2 === 1 ? 4 : 2;
      areaMs2 += ((weight * sliceMs) / STEPS / 3) * (limited(from + (n * sliceMs) / STEPS) - done);
    }
    const mean = (isLast ? meanMs : limited(from + sliceMs)) - done;
    const width = sliceMs * 1e-6;
    slices.push({
      meanMs: mean,
      squareMs2: Math.max(mean ** 2, 2 * (sliceMs * mean - areaMs2)),
      share: k === 0 ? 1 : Math.min(1, (limited(from + width) - done) / width),
      afterMs: k === 0 ? afterMs : sliceMs,
    });
  }
  return slices;
}

/** A line as its analysis needs it. All pieces that come after a wait wait alike and are number 0; each of the others has a number. */
interface Line {
  readonly rate: number;
  /** Work that comes after a wait, per ms, and mean of what is left of the piece that runs, ms. */
  readonly fresh: number;
  readonly residualMs: number;
  /** The others from number 1 on. */
  readonly back: readonly Back[];
}

/** A piece that comes back at once. */
interface Back {
  readonly meanMs: number;
  readonly share: number;
  readonly afterMs: number;
  /** Number and share of the piece before; where a visit was cut off, its first slice stands for all. */
  readonly leader: number;
  readonly leaderShare: number;
}

/**
 * Mean wait of each visit in a first-come-first-served line, ms, by mean value analysis. Who joins after a wait waits for what
 * is in line and what is left of the piece that runs, W = Σ λ·W_i·E[p_i] + λ·ΣE[p_i²]/2 (Little's law, Poisson arrivals see
 * time averages). Who comes back at once finds what joined while it waited and ran: pieces after a wait as they come, and one
 * for each that was before it in line or ran when it came and comes back at once as well; while it ran nobody else does that.
 */
export function lineWaits(visits: readonly (readonly Piece[])[], rate: number): number[] {
  const numbers = numbered(visits);
  const line = lineOf(visits, numbers, rate);
  const order = line.back.length + 1;
  // The waits that follow from given ones are linear in them: W = A·W + b.
  const constant = waitsGiven(line, new Float64Array(order));
  const system = zeros(order, order);
  for (let column = 0; column < order; column++) {
    const unit = new Float64Array(order);
    unit[column] = 1;
    const image = waitsGiven(line, unit);
    for (let row = 0; row < order; row++)
      system.data[row * order + column] = unit[row]! - (image[row]! - constant[row]!);
  }
  const right = zeros(order, 1);
  right.data.set(constant);
  const waits = solveInPlace(system, right).data;
  return visits.map((slices, n) =>
    slices.reduce((ms, { share }, k) => ms + share * waits[numbers[n]![k]!]!, 0),
  );
}

function numbered(visits: readonly (readonly Piece[])[]): number[][] {
  let next = 1;
  return visits.map((slices) => slices.map(({ afterMs }) => (afterMs === null ? 0 : next++)));
}

function lineOf(
  visits: readonly (readonly Piece[])[],
  numbers: readonly (readonly number[])[],
  rate: number,
): Line {
  let [fresh, residualMs] = [0, 0];
  const back: Back[] = [];
  visits.forEach((slices, n) => {
    slices.forEach(({ meanMs, squareMs2, share, afterMs }, k) => {
      residualMs += (rate * squareMs2) / 2;
      if (afterMs === null) {
        fresh += rate * meanMs;
        return;
      }
      const [visit, slice] = k > 0 ? [n, k - 1] : [n - 1, 0];
      const leader = numbers[visit]![slice]!;
      back.push({ meanMs, share, afterMs, leader, leaderShare: visits[visit]![slice]!.share });
    });
  });
  return { rate, fresh, residualMs, back };
}

/**
 * What pieces wait where those that are in line wait as given, by number. Of each that joins: how many of each are before it in
 * line (a row of `ahead`), and for how long others joined.
 */
function waitsGiven({ rate, fresh, residualMs, back }: Line, given: Float64Array): Float64Array {
  const order = back.length + 1;
  const ahead = new Float64Array(order * order);
  const joiningMs = new Float64Array(order);
  const waits = new Float64Array(order);
  joiningMs[0] = given[0]!;
  waits[0] = fresh * given[0]! + residualMs;
  back.forEach(({ meanMs, share }, i) => {
    ahead[i + 1] = rate * share * given[i + 1]!;
    waits[0]! += rate * given[i + 1]! * meanMs;
  });
  back.forEach(({ leader, afterMs }, n) => {
    const own = n + 1;
    joiningMs[own] = waits[leader]! + afterMs;
    waits[own] = fresh * joiningMs[own]!;
    for (let i = 0; i < back.length; i++) {
      const other = back[i]!;
      const led =
        other.leader === 0
          ? rate * joiningMs[leader]!
          : ahead[leader * order + other.leader]! / other.leaderShare;
      const joined = led + (leader === 0 ? rate * other.afterMs : 0);
      ahead[own * order + i + 1] = other.share * joined;
      waits[own]! += joined * other.meanMs;
    }
  });
  return waits;
}
