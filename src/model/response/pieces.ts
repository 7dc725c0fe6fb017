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

const NEGLIGIBLE = 1e-6;
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
  for (let k = 0; k < MOST_SLICES && meanMs - limited(k * sliceMs) > NEGLIGIBLE * meanMs; k++) {
    const from = k * sliceMs;
    const done = limited(from);
    // E[min(slice, sliceMs)²] = 2∫ u·P(visit > from + u) du, by parts.
    let areaMs2 = 0;
    for (let n = 0; n <= STEPS; n++) {
      const weight = n === 0 || n === STEPS ? 1 : n % 2 === 1 ? 4 : 2;
      areaMs2 += ((weight * sliceMs) / STEPS / 3) * (limited(from + (n * sliceMs) / STEPS) - done);
    }
    const isLast = k === MOST_SLICES - 1;
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

/** The pieces of a line, and which one each comes just after: where that was cut off, it stands for all its slices; else −1. */
interface Line {
  readonly pieces: readonly Piece[];
  readonly leaders: readonly number[];
  readonly rate: number;
}

/**
 * Mean wait of each visit in a first-come-first-served line, ms, by mean value analysis. Who joins after a wait waits for what
 * is in line and what is left of the piece that runs, W = Σ λ·W_i·E[p_i] + λ·ΣE[p_i²]/2 (Little's law, Poisson arrivals see
 * time averages). Who comes back at once finds what joined while it waited and ran: pieces after a wait as they come, and one
 * for each that was before it in line or ran when it came and comes back at once as well; while it ran nobody else does that.
 */
export function lineWaits(visits: readonly (readonly Piece[])[], rate: number): number[] {
  const pieces = visits.flat();
  const line: Line = { pieces, leaders: leadersOf(visits), rate };
  // All that come after a wait wait alike: unknown 0; the others follow.
  let unknowns = 1;
  const of = pieces.map(({ afterMs }) => (afterMs === null ? 0 : unknowns++));
  const by = (waits: Float64Array): number[] => {
    const found = waitsGiven(line, (n) => waits[of[n]!]!);
    return Array.from({ length: unknowns }, (_, n) => found[of.indexOf(n)]!);
  };
  // The waits that follow from given ones are linear in them: W = A·W + b.
  const constant = by(new Float64Array(unknowns));
  const system = zeros(unknowns, unknowns);
  for (let column = 0; column < unknowns; column++) {
    const image = by(Float64Array.from({ length: unknowns }, (_, n) => (n === column ? 1 : 0)));
    for (let row = 0; row < unknowns; row++)
      system.data[row * unknowns + column] = (row === column ? 1 : 0) - (image[row]! - constant[row]!);
  }
  const right = zeros(unknowns, 1);
  right.data.set(constant);
  const solved = solveInPlace(system, right).data;
  let at = 0;
  return visits.map((slices) => slices.reduce((ms, { share }) => ms + share * solved[of[at++]!]!, 0));
}

function leadersOf(visits: readonly (readonly Piece[])[]): number[] {
  let [at, before] = [0, -1];
  return visits.flatMap((slices) => {
    const first = at;
    at += slices.length;
    const leaders = slices.map(({ afterMs }, k) => (afterMs === null ? -1 : k > 0 ? first + k - 1 : before));
    before = first;
    return leaders;
  });
}

/** A request that joins: of each piece, how many are before it in line, and for how long others joined. */
interface Joining {
  readonly ahead: readonly number[];
  readonly joiningMs: number;
  readonly waitMs: number;
}

/** What pieces wait where those that are in line wait as given. */
function waitsGiven({ pieces, leaders, rate }: Line, given: (n: number) => number): number[] {
  const sum = (of: (piece: Piece, n: number) => number): number =>
    pieces.reduce((all, piece, n) => all + of(piece, n), 0);
  const fresh = rate * sum(({ meanMs, afterMs }) => (afterMs === null ? meanMs : 0));
  const residualMs = (rate * sum(({ squareMs2 }) => squareMs2)) / 2;
  const joinings: Joining[] = [];
  const join = (ahead: readonly number[], joiningMs: number, runningMs: number): void => {
    const backMs = sum(({ meanMs, share, afterMs }, n) =>
      afterMs === null ? 0 : (ahead[n]! * meanMs) / share,
    );
    joinings.push({ ahead, joiningMs, waitMs: fresh * joiningMs + backMs + runningMs });
  };
  // All that come after a wait find the same.
  let arrived = -1;
  pieces.forEach(({ afterMs }, n) => {
    const leader = leaders[n]!;
    if (afterMs === null && arrived >= 0) {
      joinings.push(joinings[arrived]!);
      return;
    }
    if (afterMs === null) {
      arrived = n;
      const ahead = pieces.map(({ share }, i) => rate * share * given(i));
      join(ahead, given(n), residualMs);
      return;
    }
    const { ahead, joiningMs, waitMs } = joinings[leader]!;
    const wasFresh = leaders[leader]! < 0;
    const back = pieces.map(({ share, afterMs: runMs }, i) => {
      if (runMs === null) return 0;
      const led = leaders[i]!;
      const joined = leaders[led]! < 0 ? rate * joiningMs : ahead[led]! / pieces[led]!.share;
      return share * (joined + (wasFresh ? rate * runMs : 0));
    });
    join(back, waitMs + afterMs, 0);
  });
  return joinings.map(({ waitMs }) => waitMs);
}
