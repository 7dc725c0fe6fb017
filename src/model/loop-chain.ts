/** Processes that take a request when idle; while all are busy, requests wait for one to come round. Rates per ms. */
export interface Loops {
  readonly processes: number;
  /** New requests; they go to an idle process where there is one. */
  readonly arrivals: number;
  /** Bursts after a wait; they go to the process that their request belongs to, busy or not. */
  readonly returns: number;
  /** Whether a process takes the backlog at the end of every burst, not only when it has nothing more to do. */
  readonly everyTurn: boolean;
  /** Whether an arrival goes to the process with the fewest, not into a common backlog. */
  readonly toShortest?: boolean;
  /** Completions of all processes while `busy` of them work. */
  completions(busy: number): number;
}

/** Long-run probabilities: `at(busy, waiting)` with `waiting` bursts beyond the one that each busy process runs. */
export interface LoopState {
  /** P(busy = r), r = 0…processes. */
  readonly busy: Float64Array;
  /** E[waiting · 1{busy = r}]. */
  readonly waiting: Float64Array;
}

const MOST_LEVELS = 1200;

/**
 * Birth–death in two dimensions (busy processes, waiting bursts), solved by block elimination from the highest level. That
 * a busy process has nothing more to do once its burst ends has probability (r − 1)/(r + e − 1): the waiting bursts
 * are spread over the busy processes like balls in boxes, all compositions being equally likely.
 * Null where the level at which the rest is negligible lies beyond reach.
 */
export function loopState(loops: Loops): LoopState {
  const w = loops.processes;
  const load = (loops.arrivals + loops.returns) / loops.completions(w);
  // Above as many waiting as processes, the shortest line keeps all busy: the rest is geometric.
  const levels = loops.toShortest
    ? w + 1
    : Math.min(MOST_LEVELS, Math.ceil(Math.log(1e-6) / Math.log(Math.min(0.999, load))) + 4 * w + 8);
  const back: Float64Array[] = [];
  let below: Float64Array | null = null;
  for (let level = levels; level >= 1; level--) {
    const s = localRates(loops, level, level === levels);
    if (below) addReturn(s, w, loops, level, below);
    below = negativeInverse(s, w);
    back[level] = below;
  }
  return walkUp(loops, levels, back);
}

/** P(a process that ends a burst has nothing more to do); while all are busy, the common backlog must be empty as well. */
function alone(loops: Loops, busy: number, waiting: number): number {
  if (waiting === 0) return 1;
  if (loops.toShortest) return Math.max(0, (busy - waiting) / busy);
  const own = (busy - 1) / (busy + waiting - 1);
  if (busy < loops.processes) return own;
  const taking = loops.completions(busy) * (loops.everyTurn ? 1 : own);
  return (own * taking) / (loops.arrivals + taking || 1);
}

const collides = (loops: Loops, busy: number): number =>
  (loops.returns * busy) / loops.processes + (busy === loops.processes ? loops.arrivals : 0);
const spreads = (loops: Loops, busy: number): number =>
  busy === loops.processes
    ? 0
    : loops.arrivals + (loops.returns * (loops.processes - busy)) / loops.processes;

/** Transitions within a level among r = 1…w (row-major, index r − 1), the diagonal holding minus all that leaves. */
function localRates(loops: Loops, level: number, last: boolean): Float64Array {
  const w = loops.processes;
  const s = new Float64Array(w * w);
  for (let r = 1; r <= w; r++) {
    const i = r - 1;
    const finish = loops.completions(r);
    const free = r > 1 ? finish * alone(loops, r, level) : 0;
    const out = spreads(loops, r) + finish + (last ? 0 : collides(loops, r));
    s[i * w + i] = -out;
    if (r < w) s[i * w + i + 1] = spreads(loops, r);
    if (r > 1) s[i * w + i - 1] = free;
  }
  return s;
}

/** S_e = T_e + U_e·N_{e+1}·D_{e+1}: the level above is left again in the end. */
function addReturn(s: Float64Array, w: number, loops: Loops, level: number, above: Float64Array): void {
  for (let j = 0; j < w; j++) {
    const down = loops.completions(j + 1) * (1 - alone(loops, j + 1, level + 1));
    for (let i = 0; i < w; i++) s[i * w + j]! += collides(loops, i + 1) * above[i * w + j]! * down;
  }
}

/** −S⁻¹ by Gauss–Jordan elimination; −S is an M-matrix, so that no pivoting is needed. */
function negativeInverse(s: Float64Array, n: number): Float64Array {
  const a = s.map((v) => -v);
  for (let p = 0; p < n; p++) {
    const inverse = 1 / a[p * n + p]!;
    a[p * n + p] = 1;
    for (let j = 0; j < n; j++) a[p * n + j]! *= inverse;
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const f = a[i * n + p]!;
      if (f === 0) continue;
      a[i * n + p] = 0;
      for (let j = 0; j < n; j++) a[i * n + j]! -= f * a[p * n + j]!;
    }
  }
  return a;
}

/** Level 0 by its own balance, then upwards: π_{e+1} = π_e·U_e·N_{e+1}. */
function walkUp(loops: Loops, levels: number, back: readonly Float64Array[]): LoopState {
  const w = loops.processes;
  const busy = new Float64Array(w + 1);
  const waiting = new Float64Array(w + 1);
  let now = groundLevel(loops, back[1]!);
  let total = 0;
  for (let level = 0; ; level++) {
    for (let r = 0; r <= w; r++) {
      busy[r]! += now[r]!;
      waiting[r]! += now[r]! * level;
      total += now[r]!;
    }
    if (level === levels) {
      if (loops.toShortest) total += geometricTail(loops, levels, now[w]!, busy, waiting);
      break;
    }
    const up = back[level + 1]!;
    const next = new Float64Array(w + 1);
    for (let i = 1; i <= w; i++) {
      const flow = now[i]! * collides(loops, i);
      for (let j = 1; j <= w; j++) next[j]! += flow * up[(i - 1) * w + j - 1]!;
    }
    now = next;
  }
  for (let r = 0; r <= w; r++) {
    busy[r]! /= total;
    waiting[r]! /= total;
  }
  return { busy, waiting };
}

/** Adds the levels above, where each has `arrivals/completions` of the probability of the one below; returns their mass. */
function geometricTail(
  loops: Loops,
  levels: number,
  top: number,
  busy: Float64Array,
  waiting: Float64Array,
): number {
  const w = loops.processes;
  const ratio = loops.arrivals / loops.completions(w);
  const mass = (top * ratio) / (1 - ratio);
  busy[w]! += mass;
  waiting[w]! += mass * (levels + 1 / (1 - ratio));
  return mass;
}

/** The stationary vector (up to a factor) of level 0, r = 0…w, with the excursions above folded in, by elimination from the top. */
function groundLevel(loops: Loops, above: Float64Array): Float64Array {
  const w = loops.processes;
  const n = w + 1;
  const q = new Float64Array(n * n);
  for (let r = 0; r <= w; r++) {
    if (r < w) q[r * n + r + 1]! += spreads(loops, r);
    if (r > 0) {
      q[r * n + r - 1]! += loops.completions(r);
      for (let j = 1; j <= w; j++) {
        const down = loops.completions(j) * (1 - alone(loops, j, 1));
        q[r * n + j]! += collides(loops, r) * above[(r - 1) * w + j - 1]! * down;
      }
    }
  }
  // Grassmann, Taksar and Heyman 1985: elimination without subtractions.
  for (let k = n - 1; k > 0; k--) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += q[k * n + j]!;
    for (let i = 0; i < k; i++) q[i * n + k]! /= sum;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) if (i !== j) q[i * n + j]! += q[i * n + k]! * q[k * n + j]!;
  }
  const pi = new Float64Array(n);
  pi[0] = 1;
  for (let k = 1; k < n; k++) for (let i = 0; i < k; i++) pi[k]! += pi[i]! * q[i * n + k]!;
  return pi;
}
