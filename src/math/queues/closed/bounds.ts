import { type ClosedNetwork, checkNetwork } from './network.js';

export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** Bounds of throughput and, by Little's law, of the mean sojourn time. */
export interface Bounds {
  readonly throughput: Range;
  readonly meanSojourn: Range;
}

interface Totals {
  readonly population: number;
  /** Z with the demands of all delays. */
  readonly delay: number;
  /** Σ of the demands at queueing stations. */
  readonly demand: number;
  readonly queueing: number;
  /** Largest demand per server. */
  readonly bottleneck: number;
  readonly severalServers: boolean;
}

/**
 * Asymptotic bounds: N/(Z + N·D) ≤ X ≤ min(N/(Z + D), 1/Dmax), Dmax per server. Valid for any service laws.
 *
 * @throws RangeError where an input is outside its range.
 * @see Lazowska et al. 1984, table 5.1 (Muntz & Wong 1974).
 */
export function asymptoticBounds(network: ClosedNetwork): Bounds {
  const { population, delay, demand, bottleneck } = totals(network);
  return bounds(population, network.thinkTime, {
    lower: population / (delay + population * demand),
    upper: Math.min(population / (delay + demand), 1 / bottleneck),
  });
}

/**
 * Balanced job bounds of networks with single servers and delays, at most as wide as the asymptotic ones:
 *
 *     N/(D + Z + (N − 1)Dmax/(1 + Z/(N·D))) ≤ X ≤ min(1/Dmax, N/(D + Z + (N − 1)Dave/(1 + Z/D))).
 *
 * @throws RangeError where an input is outside its range or a station has several servers.
 * @see Zahorjan, Sevcik, Eager & Galler 1982; Lazowska et al. 1984, table 5.2.
 */
export function balancedJobBounds(network: ClosedNetwork): Bounds {
  const { population, delay, demand, bottleneck, queueing, severalServers } = totals(network);
  if (severalServers) throw new RangeError('balanced job bounds are for single servers and delays only');
  if (demand === 0) return asymptoticBounds(network);
  const cycle = demand + delay;
  const others = population - 1;
  return bounds(population, network.thinkTime, {
    lower: population / (cycle + (others * bottleneck) / (1 + delay / (population * demand))),
    upper: Math.min(
      1 / bottleneck,
      population / (cycle + (others * (demand / queueing)) / (1 + delay / demand)),
    ),
  });
}

function totals(network: ClosedNetwork): Totals {
  checkNetwork(network);
  const { stations, thinkTime, population } = network;
  let [delay, demand, queueing, bottleneck, severalServers] = [thinkTime, 0, 0, 0, false];
  for (const station of stations) {
    if (station.servers === 'delay') {
      delay += station.demand;
    } else if (station.demand > 0) {
      demand += station.demand;
      queueing += 1;
      bottleneck = Math.max(bottleneck, station.demand / station.servers);
      severalServers ||= station.servers > 1;
    }
  }
  return { population, delay, demand, queueing, bottleneck, severalServers };
}

/** R = N/X − Z. */
function bounds(population: number, thinkTime: number, throughput: Range): Bounds {
  return {
    throughput,
    meanSojourn: {
      lower: population / throughput.upper - thinkTime,
      upper: population / throughput.lower - thinkTime,
    },
  };
}
