import { convolution } from './convolution.js';
import { meanValueAnalysis } from './mean-value-analysis.js';
import { type ClosedNetwork, type ClosedResult, mayQueue } from './network.js';

/**
 * A closed network of delays, single-server and multi-server stations, exactly: by mean value analysis, and by
 * convolution where there are several servers.
 *
 * @throws RangeError where an input is outside its range.
 */
export function closedNetwork(network: ClosedNetwork): ClosedResult {
  const several = network.stations.some(
    (station) => station.servers !== 1 && mayQueue(station, network.population),
  );
  return several ? convolution(network) : meanValueAnalysis(network);
}
