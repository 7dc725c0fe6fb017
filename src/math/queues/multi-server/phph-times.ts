import { dot } from '../../matrix/dense.js';
import type { FoundTimes } from '../assemble.js';
import { type PhaseType, phaseTypeMoment } from '../phase-type/phase-type.js';
import { erlangMixture, followedBy, mixtureDurations } from '../phase-type/uniformised.js';
import { decayRate, slowestRate } from './decay-rate.js';
import { meanWait, phphWait, survivalColumns, type WaitChain } from './phph-queue.js';
import { twoExponentialSojourn, twoExponentials, twoExponentialWait } from './two-exponentials.js';

/** Multiplications that the percentiles may take: about half a second of one core. */
const MOST_WORK = 4e8;

/** Steps in which what the slowest phase holds has vanished to all digits, in units of its rate. */
const VANISHED = 40;

/**
 * PH/PH/c, exact; percentiles by uniformisation of the wait, the sojourn as wait and service in a row. Where the rates of
 * the service differ so much that this would take too long, the wait is two exponentials with the exact mean and
 * probability. `name` is that of the model, for the route.
 */
export function phphTimes(
  arrival: PhaseType,
  service: PhaseType,
  servers: number,
  name: 'M/PH/c' | 'PH/PH/c' = 'M/PH/c',
): FoundTimes {
  const chain = phphWait(arrival, service, servers);
  const waitProbability = Math.min(
    1,
    chain.start.reduce((sum, x) => sum + x, 0),
  );
  const mean = meanWait(chain);
  const steps = (VANISHED * chain.rate) / (servers * slowestRate({ kind: 'phase-type', ...service }));
  if (steps * chain.decay.rows ** 2 > MOST_WORK)
    return fittedTimes(arrival, service, servers, { waitProbability, mean, name });
  return {
    ...uniformisedTimes(chain, service, waitProbability, mean),
    waitProbability,
    exact: true,
    route: `${name} by logarithmic reduction and uniformisation`,
  };
}

function uniformisedTimes(
  chain: WaitChain,
  service: PhaseType,
  waitProbability: number,
  mean: number,
): Pick<FoundTimes, 'wait' | 'sojourn'> {
  const nextColumn = survivalColumns(chain);
  let present = waitProbability;
  let next = dot(chain.start, nextColumn());
  const wait = erlangMixture(chain.rate, {
    survival: () => present,
    exit: () => Math.max(0, present - next),
    advance() {
      present = next;
      next = dot(chain.start, nextColumn());
    },
  });
  return {
    wait: mixtureDurations(wait, mean),
    sojourn: mixtureDurations(followedBy(wait, service), mean + phaseTypeMoment(service, 1)),
  };
}

interface KnownMeans {
  readonly waitProbability: number;
  readonly mean: number;
  readonly name: string;
}

function fittedTimes(
  arrival: PhaseType,
  service: PhaseType,
  servers: number,
  { waitProbability, mean, name }: KnownMeans,
): FoundTimes {
  const intervals = { kind: 'phase-type', ...arrival } as const;
  const law = { kind: 'phase-type', ...service } as const;
  const hazard = servers / phaseTypeMoment(service, 1) - 1 / phaseTypeMoment(arrival, 1);
  const fitted = twoExponentials(waitProbability, mean, decayRate(intervals, law, servers), hazard);
  return {
    waitProbability,
    wait: twoExponentialWait(fitted),
    sojourn: twoExponentialSojourn(fitted, law),
    exact: false,
    route: `${name} by logarithmic reduction, the wait as two exponentials`,
    errorBand: 'means exact; p95 and p99 ±10 %, p50 ±30 % (where more than half wait)',
  };
}
