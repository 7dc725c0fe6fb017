import {
  identity,
  type Matrix,
  rowTimes,
  solveInPlace,
  sumOf,
  timesColumn,
  transpose,
  zeros,
} from '../../matrix/dense.js';
import {
  addDenseTimesSparse,
  addSparse,
  addSparseTimesDense,
  blockDiagonal,
  kronecker,
  rowTimesSparse,
  type Sparse,
  spread,
} from '../../matrix/sparse.js';
import { exitRates, type PhaseType } from '../phase-type/phase-type.js';
import { firstPassage } from './logarithmic-reduction.js';
import { type Occupancy, occupancy } from './occupancy.js';

/** The wait of an arrival at PH/PH/c: P(W > t) = start·exp(decay·t)·1. */
export interface WaitChain {
  /** Over the states of all servers busy; sums to the probability of waiting. */
  readonly start: Float64Array;
  readonly decay: Matrix;
  /** At least the rate at which any state is left, and that of any phase of a service. */
  readonly rate: number;
}

/**
 * PH/PH/c, exact: a quasi-birth-death process on (arrival phase, servers by phase of service), level = number in
 * system.
 *
 * Above level c: G by logarithmic reduction, N = (−A₁ − A₀G)⁻¹, R = A₀N (Neuts 1981; Latouche and Ramaswami
 * 1999). Below: backwards R_n = A₀(−A₁ − R_{n+1}A₂)⁻¹, then π_n = π_{n−1}R_n. An arrival that finds n ≥ c waits
 * for n − c + 1 departures of the service process (D₀, D₁) of c busy servers; its law sums to start·exp((D₀ + S
 * D₁)t)·1, where S = (α⊗I)N(t⊗I) takes the state seen with j waiting to that with j + 1 (Sengupta 1989 for
 * GI/PH/1). No order larger than that of the servers remains.
 */
export function phphWait(arrival: PhaseType, service: PhaseType, servers: number): WaitChain {
  const levels = Array.from({ length: servers + 1 }, (_, busy) => occupancy(busy, service));
  const busy = levels[servers]!;
  const arrivals = arrivalBlocks(arrival);
  const order = arrivals.phases * busy.size;

  const sojourn = inverseOfNegative(internal(arrivals, busy.within, busy.size));
  const up = zeros(order, order);
  addDenseTimesSparse(up, sojourn, spread(arrivals.renewal, busy.size));
  const down = zeros(order, order);
  addDenseTimesSparse(down, sojourn, blockDiagonal(busy.replacing, arrivals.phases));
  const passage = firstPassage(up, down);

  const visits = internal(arrivals, busy.within, busy.size); // A₁ + A₀G, then N
  addSparseTimesDense(visits, spread(arrivals.renewal, busy.size), passage);
  const expectedVisits = inverseOfNegative(visits);

  const boundary = boundaryProbabilities(arrivals, levels, expectedVisits);
  // all of level c and above: π_c(I − R)⁻¹
  const rate = zeros(order, order);
  addSparseTimesDense(rate, spread(arrivals.renewal, busy.size), expectedVisits, -1);
  addSparse(rate, spread(unit(arrivals.phases), busy.size));
  const above = solveInPlace(transpose(rate), columnOf(boundary.atServers)).data;
  const total = boundary.below + sumOf(above);

  const shift = spread(
    arrivals.exits.map((x) => [x]),
    busy.size,
  );
  const seen = rowTimesSparse(above, shift);
  const start = seen.map((x) => x / (total * arrivals.rate));
  return {
    start,
    decay: decayOf(arrivals, busy, expectedVisits),
    rate: Math.max(...busy.within.entries.map(({ value }) => -value)),
  };
}

interface ArrivalBlocks {
  readonly phases: number;
  readonly rate: number;
  readonly generator: readonly (readonly number[])[];
  readonly exits: readonly number[];
  /** t_a α_a: an arrival, and the next interval begins. */
  readonly renewal: readonly (readonly number[])[];
  readonly alpha: readonly number[];
}

function arrivalBlocks(arrival: PhaseType): ArrivalBlocks {
  const exits = exitRates(arrival);
  const phases = arrival.alpha.length;
  const times = solveInPlace(
    transpose(negativeOf(arrival.generator)),
    columnOf(Float64Array.from(arrival.alpha)),
  );
  return {
    phases,
    rate: 1 / sumOf(times.data),
    generator: arrival.generator,
    exits,
    renewal: exits.map((x) => arrival.alpha.map((p) => x * p)),
    alpha: arrival.alpha,
  };
}

/** T_a ⊗ I + I ⊗ within. */
function internal(arrivals: ArrivalBlocks, within: Sparse, size: number): Matrix {
  const result = zeros(arrivals.phases * size, arrivals.phases * size);
  addSparse(result, spread(arrivals.generator, size));
  addSparse(result, blockDiagonal(within, arrivals.phases));
  return result;
}

/** Unnormalised probabilities: the sum over levels below c, and those of level c. */
function boundaryProbabilities(
  arrivals: ArrivalBlocks,
  levels: readonly Occupancy[],
  expectedVisits: Matrix,
): { below: number; atServers: Float64Array<ArrayBuffer> } {
  const servers = levels.length - 1;
  const steps: Matrix[] = [];
  let visits = expectedVisits;
  let empty = zeros(arrivals.phases, arrivals.phases);
  for (let n = servers; n >= 1; n -= 1) {
    const entering = kronecker(arrivals.renewal, levels[n - 1]!.starting);
    const step = zeros(entering.rows, visits.columns);
    addSparseTimesDense(step, entering, visits);
    steps[n] = step;
    const local = internal(arrivals, levels[n - 1]!.within, levels[n - 1]!.size);
    addDenseTimesSparse(local, step, blockDiagonal(levels[n]!.ending, arrivals.phases));
    if (n > 1) visits = inverseOfNegative(local);
    else empty = local;
  }
  let row = stationaryRow(empty);
  let below = 0;
  for (let n = 1; n <= servers; n += 1) {
    below += sumOf(row);
    row = rowTimes(row, steps[n]!);
    // kept near 1 against overflow; only ratios matter
    const size = below + sumOf(row);
    below /= size;
    row = row.map((x) => x / size);
  }
  return { below, atServers: row };
}

/**
 * x with x·generator = 0 and sum 1, by elimination after Grassmann, Taksar and Heyman (1985), which subtracts
 * nothing.
 */
function stationaryRow(generator: Matrix): Float64Array<ArrayBuffer> {
  const { rows: order } = generator;
  const m = generator.data.slice();
  for (let k = order - 1; k > 0; k -= 1) {
    let leaving = 0;
    for (let j = 0; j < k; j += 1) leaving += m[k * order + j]!;
    for (let i = 0; i < k; i += 1) {
      m[i * order + k]! /= leaving;
      for (let j = 0; j < k; j += 1) if (i !== j) m[i * order + j]! += m[i * order + k]! * m[k * order + j]!;
    }
  }
  const row = new Float64Array(order);
  row[0] = 1;
  for (let k = 1; k < order; k += 1) for (let i = 0; i < k; i += 1) row[k]! += row[i]! * m[i * order + k]!;
  const total = sumOf(row);
  return row.map((x) => x / total);
}

/** D₀ + S D₁. */
function decayOf(arrivals: ArrivalBlocks, busy: Occupancy, expectedVisits: Matrix): Matrix {
  const { size } = busy;
  const seenNext = zeros(size, size);
  for (let a = 0; a < arrivals.phases; a += 1) {
    for (let b = 0; b < arrivals.phases; b += 1) {
      const factor = arrivals.alpha[a]! * arrivals.exits[b]!;
      if (factor === 0) continue;
      for (let i = 0; i < size; i += 1) {
        const from = (a * size + i) * expectedVisits.columns + b * size;
        for (let j = 0; j < size; j += 1)
          seenNext.data[i * size + j]! += factor * expectedVisits.data[from + j]!;
      }
    }
  }
  const decay = zeros(size, size);
  addDenseTimesSparse(decay, seenNext, busy.replacing);
  addSparse(decay, busy.within);
  return decay;
}

/** E W = start·(−decay)⁻¹·1. */
export function meanWait(chain: WaitChain): number {
  const { decay, start } = chain;
  const negative: Matrix = { ...decay, data: decay.data.map((x) => -x) };
  const times = solveInPlace(negative, columnOf(new Float64Array(decay.rows).fill(1)));
  return start.reduce((sum, x, i) => sum + x * times.data[i]!, 0);
}

/** Successive (I + decay/rate)ᵏ·1. */
export function survivalColumns(chain: WaitChain): () => Float64Array {
  const move: Matrix = { ...chain.decay, data: chain.decay.data.map((x) => x / chain.rate) };
  for (let i = 0; i < move.rows; i += 1) move.data[i * (move.rows + 1)]! += 1;
  let column = new Float64Array(move.rows).fill(1);
  return () => {
    column = timesColumn(move, column);
    return column;
  };
}

function inverseOfNegative(a: Matrix): Matrix {
  return solveInPlace({ ...a, data: a.data.map((x) => -x) }, identity(a.rows));
}

function negativeOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows.length, data: Float64Array.from(rows.flat(), (x) => -x) };
}

function unit(order: number): number[][] {
  return Array.from({ length: order }, (_, i) => Array.from({ length: order }, (_u, j) => (i === j ? 1 : 0)));
}

function columnOf(values: Float64Array<ArrayBuffer>): Matrix {
  return { rows: values.length, columns: 1, data: values.slice() };
}
