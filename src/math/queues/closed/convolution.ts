import { findRoot } from '../../numeric/roots.js';
import { lnC } from '../erlang/erlang-c.js';
import { type ClosedNetwork, type ClosedResult, checkNetwork, closedResult, mayQueue } from './network.js';
import {
  geometricFilter,
  geometricSums,
  ONE,
  poissonSeries,
  product,
  productAt,
  type Series,
} from './series.js';

interface Queueing {
  readonly index: number;
  readonly demand: number;
  readonly servers: number;
}

/**
 * A closed network with multi-server stations, exactly, for populations of 100,000 and more.
 *
 * The classical recursions over marginal probabilities lose all digits for multi-server stations (they subtract to find
 * the probability of an empty station). Instead the generating function of a station with c servers,
 * Σ Dⁿzⁿ/(Π min(j, c)), is written as N(z)/(1 − Dz/c): its numerator N(z) = Σ_{n<c} (1 − n/c)(Dz)ⁿ/n! has positive
 * coefficients only, and so has every product. All series are tilted by the throughput of the open network with the same
 * mean population, which makes the coefficients probabilities: nothing overflows, and what underflows does not matter.
 * Cost: population × stations, plus the square of the widths 23√c of the numerators. Relative error about 1e-12.
 *
 * @throws RangeError where an input is outside its range.
 * @see Buzen 1973 (convolution); Reiser & Kobayashi 1975 (generating functions).
 */
export function convolution(network: ClosedNetwork): ClosedResult {
  checkNetwork(network);
  const { stations, thinkTime, population } = network;
  const queueing: Queueing[] = stations.flatMap((station, index) =>
    mayQueue(station, population) && station.servers !== 'delay'
      ? [{ index, demand: station.demand, servers: station.servers }]
      : [],
  );
  const delay = stations
    .filter((station) => !mayQueue(station, population))
    .reduce((sum, { demand }) => sum + demand, thinkTime);
  const route = 'exact convolution, tilted';
  if (queueing.length === 0) return closedResult(network, population / delay, new Map(), route);
  const tilt = openThroughput(queueing, delay, population);
  const base = baseSeries(queueing, delay, population, tilt);
  const numerators = queueing.map(({ demand, servers }) => numerator(tilt * demand, servers));
  const all = numerators.reduce(product, ONE);
  const constant = productAt(all, base, population);
  const throughput = (tilt * productAt(all, base, population - 1)) / constant;
  const meanNumbers = queueing.map(({ index, demand, servers }, q): [number, number] => {
    // z·d/dz of ln N(z) − ln(1 − Dz/c): what the numerator and the geometric part each add to the mean number.
    const geometric = productAt(all, geometricSums(base, (tilt * demand) / servers), population);
    if (servers === 1) return [index, geometric / constant];
    const others = numerators.filter((_, other) => other !== q).reduce(product, ONE);
    const inNumerator = productAt(product(others, weighted(numerators[q]!)), base, population);
    return [index, (geometric + inNumerator) / constant];
  });
  return closedResult(network, throughput, new Map(meanNumbers), route);
}

/** The throughput at which the open network holds as many customers on average. */
function openThroughput(queueing: readonly Queueing[], delay: number, population: number): number {
  const bottleneck = Math.min(...queueing.map(({ demand, servers }) => servers / demand));
  const excess = (rate: number) =>
    queueing.reduce((sum, { demand, servers }) => {
      const load = Math.min(rate * demand, servers * (1 - 1e-15));
      return sum + load + (Math.exp(lnC(servers, load)) * load) / (servers - load);
    }, rate * delay) - population;
  const high = bottleneck * (1 - 1e-15);
  return excess(high) <= 0 ? high : findRoot(excess, 0, high, 1e-12);
}

/** Thinking customers and the geometric parts of all stations: tilted probabilities of 0, …, N, but for a factor. */
function baseSeries(
  queueing: readonly Queueing[],
  delay: number,
  population: number,
  tilt: number,
): Float64Array {
  const base = new Float64Array(population + 1);
  const thinking = poissonSeries(tilt * delay, population);
  base.set(thinking.terms, thinking.first);
  for (const { demand, servers } of queueing) geometricFilter(base, (tilt * demand) / servers);
  return base;
}

/** N(z) tilted, but for a factor: Poisson probabilities times the share of servers left free. */
function numerator(load: number, servers: number): Series {
  const { first, terms } = poissonSeries(load, servers - 1);
  return { first, terms: terms.map((w, i) => w * ((servers - first - i) / servers)) };
}

const weighted = ({ first, terms }: Series): Series => ({
  first,
  terms: terms.map((w, i) => w * (first + i)),
});
