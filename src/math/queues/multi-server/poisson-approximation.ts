import { deterministicQueue } from '../deterministic/queue-length.js';
import { erlangC } from '../erlang/erlang-c.js';
import { erlangPhases, type PhaseType } from '../phase-type/phase-type.js';
import { meanWait, phphWait } from './phph-queue.js';
import { extrapolated, similarSystem } from './similar-system.js';

/** Probability of waiting and mean wait, in units of the mean service time. */
export interface WaitMeans {
  readonly waitProbability: number;
  readonly mean: number;
}

/** M/M/c. */
export function markovMeans(servers: number, utilization: number): WaitMeans {
  const waitProbability = erlangC(servers, servers * utilization);
  return { waitProbability, mean: waitProbability / (servers * (1 - utilization)) };
}

/** M/D/c, exact. */
function deterministicMeans(servers: number, utilization: number): WaitMeans {
  const { waitProbability, meanLength } = deterministicQueue(servers, utilization);
  return { waitProbability, mean: meanLength / (servers * utilization) };
}

/** PH/PH/c, exact, for service of mean 1. */
export function exactMeans(arrival: PhaseType, service: PhaseType, servers: number): WaitMeans {
  const chain = phphWait(arrival, service, servers);
  return { waitProbability: chain.start.reduce((sum, x) => sum + x, 0), mean: meanWait(chain) };
}

/** Servers of the two exact systems from which larger ones of two phases are extrapolated. */
const SMALL = 24;
const LARGE = 48;

/**
 * M/PH/c with two phases of service (mean 1) for any number of servers: exact up to 48, beyond that extrapolated
 * from exact systems of 24 and 48 servers in the same regime. For the mean, what is extrapolated is the position
 * of M/PH/c on the line from M/D/c to M/M/c.
 */
export function twoPhaseMeans(service: PhaseType, servers: number, utilization: number): WaitMeans {
  return servers <= LARGE
    ? exactMeans(erlangPhases(1 / (servers * utilization), 1), service, servers)
    : extrapolatedMeans(service, servers, utilization);
}

/** M/PH/c with two phases from two exact systems of 24 and 48 servers; see {@link twoPhaseMeans}. */
export function extrapolatedMeans(service: PhaseType, servers: number, utilization: number): WaitMeans {
  const [small, large] = [SMALL, LARGE].map((fewer) => {
    const similar = similarSystem(servers, utilization, fewer);
    const exact = exactMeans(erlangPhases(1 / (fewer * similar.utilization), 1), service, fewer);
    const markov = markovMeans(fewer, similar.utilization);
    const deterministic = deterministicMeans(fewer, similar.utilization);
    return {
      probability: Math.log(exact.waitProbability / markov.waitProbability),
      position: (exact.mean - markov.mean) / (markov.mean - deterministic.mean),
    };
  }) as [Position, Position];
  const at = (key: keyof Position) =>
    extrapolated(servers, { servers: SMALL, value: small[key] }, { servers: LARGE, value: large[key] });
  const markov = markovMeans(servers, utilization);
  const deterministic = deterministicMeans(servers, utilization);
  return {
    waitProbability: Math.min(1, markov.waitProbability * Math.exp(at('probability'))),
    mean: Math.max(0, markov.mean + at('position') * (markov.mean - deterministic.mean)),
  };
}

interface Position {
  readonly probability: number;
  readonly position: number;
}

/** Quadratic in cv² < 1 through M/D/c, M/E₂/c and M/M/c. */
export function quadraticMeans(scv: number, servers: number, utilization: number): WaitMeans {
  const deterministic = deterministicMeans(servers, utilization);
  const erlang = twoPhaseMeans(erlangPhases(1, 2), servers, utilization);
  const markov = markovMeans(servers, utilization);
  return {
    waitProbability: quadratic(
      scv,
      deterministic.waitProbability,
      erlang.waitProbability,
      markov.waitProbability,
    ),
    mean: quadratic(scv, deterministic.mean, erlang.mean, markov.mean),
  };
}

/** Quadratic in cv² through three values, d < e < m. */
function quadratic(scv: number, d: number, e: number, m: number): number {
  const value = d * 2 * (scv - 0.5) * (scv - 1) - e * 4 * scv * (scv - 1) + m * 2 * scv * (scv - 0.5);
  return Math.max(d, Math.min(m, value));
}
