import { between, type Found, type Station } from './station.js';

/** Points of a curve, evenly spaced; beside them each is this many times the last, since few of many requests are mostly waiting. */
const NODES = 24;
const RATIO = 1.2;
const HALVINGS = 30;
/** Requests per process up to which a curve of their own is made for each; beyond, for each eighth of an octave. */
const FINE = 16;

/** What goes on in one process by the mean number of its requests that are in their waits. */
interface Node {
  readonly mean: number;
  readonly through: number;
  readonly found: Found;
}

/**
 * The connections of several processes whose requests share their cores, and so are followed all together. Given that m of all
 * are in their waits, those of one process vary: P(m₁) ∝ zᵐ¹·Π_{j≤m₁} L(j)/j up to the requests that it has (the product form
 * of the waits), with z for a mean of m/w. That the others have the rest makes them vary by 1/w less.
 */
export class SpreadStation {
  readonly station: Station;
  readonly processes: number;
  readonly #curves = new Map<number, Curve>();

  constructor(station: Station, processes: number) {
    this.station = station;
    this.processes = processes;
  }

  /** How many times as long as alone a wait takes while `waiting` of all processes' requests are in theirs and each process has `held`. */
  lengthening(waiting: number, held: number): number {
    if (waiting <= 0) return 1;
    const { station, processes } = this;
    const each = waiting / processes;
    if (processes === 1 || held <= station.connections) return station.lengthening(each);
    const even = each / station.lengthening(each);
    const varied = this.#at(each, held).through;
    return each / (even + (varied - even) * (1 - 1 / processes));
  }

  /** What a request finds while `others` of all processes are in their waits and each process has `held`. */
  found(others: number, held: number): Found {
    const { station, processes } = this;
    const each = others / processes;
    const even = station.found(each);
    if (processes === 1 || held <= station.connections) return even;
    return between(even, this.#at(each, held).found, 1 - 1 / processes);
  }

  #at(mean: number, held: number): Node {
    const curve = this.#curve(held);
    const { means } = curve;
    let high = 1;
    while (high < means.length - 1 && means[high]! < mean) high++;
    const [below, above] = [curve.node(high - 1), curve.node(high)];
    const share = Math.min(1, Math.max(0, (mean - below.mean) / (above.mean - below.mean)));
    return {
      mean,
      through: below.through + (above.through - below.through) * share,
      found: between(below.found, above.found, share),
    };
  }

  #curve(held: number): Curve {
    const most = held <= FINE ? Math.ceil(held) : Math.round(2 ** (Math.round(8 * Math.log2(held)) / 8));
    const known = this.#curves.get(most);
    if (known) return known;
    const made = new Curve(this.station, most);
    this.#curves.set(most, made);
    return made;
  }
}

/** What goes on in a process with so many requests at most, by the mean number in their waits; points are made when asked for. */
class Curve {
  readonly means: readonly number[];
  readonly #station: Station;
  readonly #logs: Float64Array;
  readonly #nodes: Node[] = [];

  constructor(station: Station, most: number) {
    this.#station = station;
    this.means = [0, ...meansUpTo(most), most];
    this.#logs = new Float64Array(most + 1);
    for (let m = 1; m <= most; m++) this.#logs[m] = this.#logs[m - 1]! + Math.log(station.lengthening(m) / m);
  }

  node(index: number): Node {
    const made = this.#nodes[index] ?? this.#nodeAt(this.means[index]!);
    this.#nodes[index] = made;
    return made;
  }

  #nodeAt(mean: number): Node {
    const station = this.#station;
    let [through, probability, wait, line, square] = [0, 0, 0, 0, 0];
    this.#weightsFor(mean).forEach((p, m) => {
      if (p === 0) return;
      const found = station.found(m);
      through += (p * m) / station.lengthening(m);
      probability += p * found.probability;
      wait += p * found.mean;
      line += p * found.line;
      square += p * found.square;
    });
    return { mean, through, found: { probability, mean: wait, line, square } };
  }

  #weightsFor(mean: number): Float64Array {
    const most = this.#logs.length - 1;
    return mean === 0 || mean === most
      ? new Float64Array(most + 1).fill(1, mean, mean + 1)
      : tilted(this.#logs, mean);
  }
}

/** Where a curve has its points, but for its ends. */
function meansUpTo(most: number): number[] {
  const means = Array.from({ length: NODES - 1 }, (_, n) => ((n + 1) * most) / NODES);
  for (let mean = most / RATIO; mean > 0.1; mean /= RATIO) means.push(mean);
  return means.sort((a, b) => a - b);
}

/** Probabilities ∝ exp(logs[m])·zᵐ with this mean. */
function tilted(logs: Float64Array, mean: number): Float64Array {
  let [low, high] = [-60, 60];
  const weights = new Float64Array(logs.length);
  for (let n = 0; n < HALVINGS; n++) {
    const tilt = (low + high) / 2;
    if (meanOf(tiltedWeights(logs, tilt, weights)) < mean) low = tilt;
    else high = tilt;
  }
  const total = weights.reduce((sum, p) => sum + p, 0);
  return weights.map((p) => p / total);
}

/** Below this, as a logarithm, a weight is nothing beside the largest. */
const NOTHING_BESIDE = -40;

function tiltedWeights(logs: Float64Array, tilt: number, into: Float64Array): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (let m = 0; m < logs.length; m++) largest = Math.max(largest, logs[m]! + tilt * m);
  for (let m = 0; m < logs.length; m++) {
    const beside = logs[m]! + tilt * m - largest;
    into[m] = beside > NOTHING_BESIDE ? Math.exp(beside) : 0;
  }
  return into;
}

function meanOf(weights: Float64Array): number {
  let [total, first] = [0, 0];
  for (let m = 0; m < weights.length; m++) {
    total += weights[m]!;
    first += m * weights[m]!;
  }
  return first / total;
}
