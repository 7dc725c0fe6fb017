import { type ClosedNetwork, type ClosedResult, checkNetwork, closedResult, mayQueue } from './network.js';

/** Throughput and numbers at the single-server stations of a network. */
interface MeanValues {
  readonly throughput: number;
  readonly meanNumbers: Float64Array;
}

/**
 * The recursion of exact mean value analysis over populations 1, …, N for single-server stations and a delay Z:
 * Rᵢ(n) = Dᵢ(1 + Qᵢ(n − 1)), X(n) = n/(Z + ΣRᵢ), Qᵢ(n) = X(n)·Rᵢ(n). All terms are positive, so it is stable for any N.
 *
 * @see Reiser & Lavenberg 1980, equations 3.1–3.3.
 */
function meanValues(demands: Float64Array, delay: number, population: number): MeanValues {
  const meanNumbers = new Float64Array(demands.length);
  let throughput = 0;
  for (let n = 1; n <= population; n += 1) {
    let cycle = delay;
    for (let i = 0; i < demands.length; i += 1) {
      const residence = demands[i]! * (1 + meanNumbers[i]!);
      meanNumbers[i] = residence;
      cycle += residence;
    }
    throughput = n / cycle;
    for (let i = 0; i < demands.length; i += 1) meanNumbers[i]! *= throughput;
  }
  return { throughput, meanNumbers };
}

/**
 * A closed network of delays and single-server stations by exact mean value analysis, in N × stations steps.
 *
 * @throws RangeError where an input is outside its range, or a station has several servers but not one for everyone.
 */
export function meanValueAnalysis(network: ClosedNetwork): ClosedResult {
  checkNetwork(network);
  const { stations, thinkTime, population } = network;
  const queueing = stations.flatMap((station, i) => (mayQueue(station, population) ? [i] : []));
  if (queueing.some((i) => stations[i]!.servers !== 1))
    throw new RangeError('mean value analysis is for single servers and delays; use closedNetwork');
  const waitless = stations.filter((station) => !mayQueue(station, population));
  const delay = waitless.reduce((sum, { demand }) => sum + demand, thinkTime);
  const demands = Float64Array.from(queueing, (i) => stations[i]!.demand);
  const { throughput, meanNumbers } = meanValues(demands, delay, population);
  const byStation = new Map(queueing.map((i, q) => [i, meanNumbers[q]!]));
  return closedResult(network, throughput, byStation, 'exact mean value analysis');
}
