import {
  ggc,
  gimc,
  type Law,
  lawDurations,
  lawMean,
  mdc,
  mg1,
  mg1ps,
  mgc,
  type QueueResult,
} from '../../../src/math/queues/index.js';
import { type Draw, lawOf, servers, utilization } from './draw.js';
import { type Faults, faultsOfQueue } from './judge.js';

/** A question of some family, for the report, and what is wrong with its answer. */
export interface Case {
  readonly question: unknown;
  readonly ask: () => Faults;
}

const queue = <T>(question: T, ask: (input: T) => QueueResult): Case => ({
  question,
  ask: () => faultsOfQueue(ask(question)),
});

/** Poisson arrivals at a law of service, a number of servers and a load below 1. */
function poisson(draw: Draw, most: number): { arrivalRate: number; service: Law; servers: number } {
  const count = servers(draw, most);
  const service = lawOf(draw, draw.pick([1, draw.between(1e-9, 1e9)]));
  return { arrivalRate: (utilization(draw) * count) / lawMean(service), service, servers: count };
}

export const QUEUES: Readonly<Record<string, (draw: Draw) => Case>> = {
  mdc: (draw) => {
    const { arrivalRate, service, servers: count } = poisson(draw, 1e6);
    return queue({ arrivalRate, serviceTime: lawMean(service), servers: count }, mdc);
  },
  mg1: (draw) => {
    const { arrivalRate, service } = poisson(draw, 1);
    return queue({ arrivalRate: arrivalRate, service, servers: 1 }, (input) =>
      mg1({ ...input, arrivalRate: Math.min(input.arrivalRate, (1 - 1e-15) / lawMean(service)) }),
    );
  },
  mg1ps: (draw) => {
    const service = lawOf(draw, 1);
    return queue({ arrivalRate: utilization(draw) / lawMean(service), service }, mg1ps);
  },
  mgc: (draw) => queue(poisson(draw, 1e6), mgc),
  gimc: (draw) => {
    const count = servers(draw, 1e6);
    const arrival = lawOf(draw, 1 / (count * utilization(draw)));
    return queue({ arrival, serviceTime: 1, servers: count }, gimc);
  },
  ggc: (draw) => {
    const count = servers(draw, 1e6);
    const arrival = lawOf(draw, 1 / (count * utilization(draw)));
    return queue({ arrival, service: lawOf(draw, 1), servers: count }, ggc);
  },
  laws: (draw) => {
    const law = lawOf(draw, draw.between(1e-9, 1e9));
    return {
      question: law,
      ask: () => {
        const { mean, percentile } = lawDurations(law);
        const values = [0.5, 0.9, 0.95, 0.99].map(percentile);
        if (![mean, ...values].every(Number.isFinite)) return ['no number'];
        return values.some((value, i) => i > 0 && value < values[i - 1]! * (1 - 1e-9))
          ? ['percentiles out of order']
          : [];
      },
    };
  },
};
