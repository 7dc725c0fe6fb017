import { nonNegative, whole } from '../../numeric/domain.js';

/** A station of a closed network. */
export interface Station {
  /** Mean service a customer needs here per cycle: visits × mean service time, ≥ 0. */
  readonly demand: number;
  /** Servers ≥ 1, or `delay` where there is never a queue. */
  readonly servers: number | 'delay';
}

/** N customers that think for Z on average, then pass the stations, then think again. */
export interface ClosedNetwork {
  readonly stations: readonly Station[];
  /** Z ≥ 0. */
  readonly thinkTime: number;
  /** N ≥ 1. */
  readonly population: number;
}

export interface StationResult {
  readonly utilization: number | null;
  /** Customers at the station, in service or waiting, on average. */
  readonly meanNumber: number;
  /** Time a customer spends here per cycle, on average. */
  readonly meanResidence: number;
}

export interface ClosedResult {
  /** Cycles per unit of time. */
  readonly throughput: number;
  /** Mean time from leaving the think state to coming back to it. */
  readonly meanSojourn: number;
  /** In the order given; the utilisation of a delay is null. */
  readonly stations: readonly StationResult[];
  readonly exact: true;
  readonly route: string;
}

/** Checks a network; RangeError names what is wrong. */
export function checkNetwork({ stations, thinkTime, population }: ClosedNetwork): void {
  whole('population', population);
  nonNegative('thinkTime', thinkTime);
  let total = thinkTime;
  for (const { demand, servers } of stations) {
    total += nonNegative('demand', demand);
    if (servers !== 'delay') whole('servers', servers);
  }
  if (!(total > 0)) throw new RangeError('a closed network needs a think time or a demand greater than 0');
}

/** Whether customers may queue here: a station with a server for everyone is a delay. */
export const mayQueue = ({ servers, demand }: Station, population: number): boolean =>
  servers !== 'delay' && servers < population && demand > 0;

/** What a throughput X and the numbers at the queueing stations (by index) say of all stations, by Little's law. */
export function closedResult(
  network: ClosedNetwork,
  throughput: number,
  meanNumbers: ReadonlyMap<number, number>,
  route: string,
): ClosedResult {
  const stations = network.stations.map(({ demand, servers }, i) => ({
    utilization: servers === 'delay' ? null : Math.min(1, (throughput * demand) / servers),
    meanNumber: meanNumbers.get(i) ?? throughput * demand,
    meanResidence: meanNumbers.has(i) ? meanNumbers.get(i)! / throughput : demand,
  }));
  const meanSojourn = stations.reduce((sum, { meanResidence }) => sum + meanResidence, 0);
  return { throughput, meanSojourn, stations, exact: true, route };
}
