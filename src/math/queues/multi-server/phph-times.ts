import { dot } from '../../matrix/dense.js';
import type { PhaseType } from '../phase-type/phase-type.js';
import { phaseTypeMoment } from '../phase-type/phase-type.js';
import { erlangMixture, followedBy, mixtureDurations } from '../phase-type/uniformised.js';
import type { Durations } from '../result.js';
import { meanWait, phphWait, survivalColumns } from './phph-queue.js';

/** Probability of waiting, wait and sojourn of PH/PH/c. */
export interface WaitingTimes {
  readonly waitProbability: number;
  readonly wait: Durations;
  readonly sojourn: Durations;
}

/** PH/PH/c, exact; percentiles by uniformisation of the wait, the sojourn as wait and service in a row. */
export function phphTimes(arrival: PhaseType, service: PhaseType, servers: number): WaitingTimes {
  const chain = phphWait(arrival, service, servers);
  const waitProbability = Math.min(
    1,
    chain.start.reduce((sum, x) => sum + x, 0),
  );
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
  const mean = meanWait(chain);
  return {
    waitProbability,
    wait: mixtureDurations(wait, mean),
    sojourn: mixtureDurations(followedBy(wait, service), mean + phaseTypeMoment(service, 1)),
  };
}
