import { between, type Found, type Station } from './station.js';

/** Points of a curve. */
const NODES = 48;
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
  readonly #curves = new Map<number, readonly Node[]>();

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
    let high = 1;
    while (high < curve.length - 1 && curve[high]!.mean < mean) high++;
    const [below, above] = [curve[high - 1]!, curve[high]!];
    const share = Math.min(1, Math.max(0, (mean - below.mean) / (above.mean - below.mean)));
    return {
      mean,
      through: below.through + (above.through - below.through) * share,
      found: between(below.found, above.found, share),
    };
  }

  #curve(held: number): readonly Node[] {
    const most = held <= FINE ? Math.ceil(held) : Math.round(2 ** (Math.round(8 * Math.log2(held)) / 8));
    const known = this.#curves.get(most);
    if (known) return known;
    const made = curveOf(this.station, most);
    this.#curves.set(most, made);
    return made;
  }
}

function curveOf(station: Station, most: number): readonly Node[] {
  const logs = new Float64Array(most + 1);
  for (let m = 1; m <= most; m++) logs[m] = logs[m - 1]! + Math.log(station.lengthening(m) / m);
  const node = (weights: Float64Array, mean: number): Node => {
    let [through, probability, wait, line, square] = [0, 0, 0, 0, 0];
    weights.forEach((p, m) => {
      const found = station.found(m);
      through += (p * m) / station.lengthening(m);
      probability += p * found.probability;
      wait += p * found.mean;
      line += p * found.line;
      square += p * found.square;
    });
    return { mean, through, found: { probability, mean: wait, line, square } };
  };
  const only = (m: number): Float64Array => new Float64Array(most + 1).fill(1, m, m + 1);
  const inner = Array.from({ length: NODES - 1 }, (_, n) => {
    const mean = ((n + 1) * most) / NODES;
    return node(tilted(logs, mean), mean);
  });
  return [node(only(0), 0), ...inner, node(only(most), most)];
}

/** Probabilities ∝ exp(logs[m])·zᵐ with this mean. */
function tilted(logs: Float64Array, mean: number): Float64Array {
  let [low, high] = [-60, 60];
  let weights = logs;
  for (let n = 0; n < HALVINGS; n++) {
    const tilt = (low + high) / 2;
    const shifted = logs.map((log, m) => log + tilt * m);
    const largest = shifted.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
    weights = shifted.map((log) => Math.exp(log - largest));
    const total = weights.reduce((sum, p) => sum + p, 0);
    weights = weights.map((p) => p / total);
    const found = weights.reduce((sum, p, m) => sum + p * m, 0);
    if (found < mean) low = tilt;
    else high = tilt;
  }
  return weights;
}
