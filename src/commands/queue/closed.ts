import { UsageError } from '../../host/errors.js';
import type { Invocation } from '../../input/command.js';
import type { Values } from '../../input/options.js';
import { asymptoticBounds, type Range } from '../../math/queues/closed/bounds.js';
import { closedNetwork } from '../../math/queues/closed/closed-network.js';
import type { ClosedNetwork } from '../../math/queues/closed/network.js';
import { flagOf } from '../../text/names.js';
import { isAsked } from './question.js';

/** The answer of `wcalc queue closed`: the JSON of the contract. */
export interface ClosedAnswer {
  readonly model: 'closed';
  readonly population: number;
  readonly thinkTimeMs: number;
  readonly stable: true;
  readonly throughputPerSecond: number;
  readonly meanSojournMs: number;
  readonly stations: readonly {
    readonly demandMs: number;
    readonly servers: number | 'delay';
    readonly utilization: number | null;
    readonly meanNumber: number;
    readonly meanSojournMs: number;
  }[];
  /** Asymptotic bounds, which hold whatever the laws of service. */
  readonly bounds: { readonly throughputPerSecond: Range; readonly meanSojournMs: Range };
  readonly exact: true;
  readonly method: string;
}

const FOREIGN = [
  'rate',
  'serviceTime',
  'servers',
  'capacity',
  'cv',
  'serviceDistribution',
  'arrivalCv',
  'arrivalDistribution',
  'slo',
] as const;

/** Checks what was typed for a closed network and solves it. */
export function answerClosed(values: Values, origins: Invocation['origins']): ClosedAnswer {
  const wrong = FOREIGN.find((name) => values[name] !== undefined && isAsked(origins[name]));
  if (wrong !== undefined)
    throw new UsageError(
      `${flagOf(wrong)} means nothing in closed, which takes --population, --think-time, --demand`,
    );
  const { population, demand, thinkTime = 0 } = values;
  if (population === undefined) throw new UsageError('closed needs --population');
  if (demand === undefined || demand.length === 0)
    throw new UsageError(
      'closed needs --demand for each of its stations, such as --demand 200ms --demand 400ms@8',
    );
  if (thinkTime === 0 && demand.every(({ demandMs }) => demandMs === 0))
    throw new UsageError('closed needs a --think-time or a --demand greater than 0');
  const network: ClosedNetwork = {
    population,
    thinkTime: thinkTime / 1000,
    stations: demand.map(({ demandMs, servers }) => ({ demand: demandMs / 1000, servers })),
  };
  checkWork(network);
  const result = closedNetwork(network);
  const bounds = asymptoticBounds(network);
  return {
    model: 'closed',
    population,
    thinkTimeMs: thinkTime,
    stable: true,
    throughputPerSecond: result.throughput,
    meanSojournMs: result.meanSojourn * 1000,
    stations: result.stations.map(({ utilization, meanNumber, meanResidence }, i) => ({
      demandMs: demand[i]!.demandMs,
      servers: demand[i]!.servers,
      utilization,
      meanNumber,
      meanSojournMs: meanResidence * 1000,
    })),
    bounds: {
      throughputPerSecond: bounds.throughput,
      meanSojournMs: { lower: bounds.meanSojourn.lower * 1000, upper: bounds.meanSojourn.upper * 1000 },
    },
    exact: true,
    method: result.route,
  };
}

/** About one second of work. */
const MOST_STEPS = 3e7;
const MOST_PRODUCTS = 2e9;

function checkWork({ population, stations }: ClosedNetwork): void {
  if (population * stations.length > MOST_STEPS)
    throw new UsageError(
      `--population: ${population} customers at ${stations.length} ${stations.length === 1 ? 'station' : 'stations'} are too many to solve exactly; their product may be ${MOST_STEPS.toLocaleString('en')} at most`,
    );
  const several = stations.flatMap(({ servers }) => (servers === 'delay' || servers === 1 ? [] : [servers]));
  const width = several.reduce((sum, c) => sum + Math.min(c, population, 25 * Math.sqrt(c)), 0);
  if (width * width * several.length > MOST_PRODUCTS)
    throw new UsageError('--demand: these stations have too many servers together to be solved exactly');
}
