import { erlangC } from '../../math/queues/erlang/erlang-c.js';
import { NO_SLOWDOWN } from '../response/contention.js';
import { waitingMoment } from './population.js';
import { type Outcome, overloaded, type Requests } from './shared-queue.js';
import { variabilityFactor } from './variability.js';

/**
 * Servers that each have a CPU of their own and serve one request at a time: M/G/c. Mean wait by Kimura 1986 through M/M/c
 * and M/D/c (Cosmetatos 1975 with Kimura's correction), exact for one server (Pollaczek–Khinchine) and for exponential
 * service; probability of waiting as in M/M/c; a wait that is not 0 is a geometric sum of residual services, scaled
 * to the mean (exact for one server).
 */
export function plainServers(
  servers: number,
  requests: Requests,
  backlog: number,
  shedAfterMs = Number.POSITIVE_INFINITY,
): Outcome {
  const { ratePerMs, cpu, io, cpuParts } = requests;
  const serviceMs = cpu.mean + io.mean;
  const load = ratePerMs * serviceMs;
  const saturation = servers / serviceMs;
  if (!(load < servers)) return overloaded(saturation);
  const scv = (cpu.scv * cpu.mean ** 2 + io.scv * io.mean ** 2) / serviceMs ** 2;
  const utilization = load / servers;
  const busy = erlangC(servers, load);
  const exponential = (busy * serviceMs) / (servers * (1 - utilization));
  const decay = utilization ** (2 / (1 + scv));
  const kept = cutShort(busy, decay, backlog);
  const waitProbability = busy * kept.waits;
  const endlessMs = exponential * variabilityFactor(servers, utilization, scv);
  const meanWaitMs = endlessMs * kept.waiting;
  const tooLong = busy * Math.exp((-shedAfterMs * busy) / endlessMs);
  return {
    stable: true,
    saturation,
    waitProbability,
    rejectProbability: Math.max(
      (busy * (1 - utilization) * decay ** backlog) / (1 - busy * decay ** (backlog + 1)),
      // P(W > τ) of the endless queue, as M/M/c+D and M/G/1+D have it.
      tooLong > 0 ? ((1 - utilization) * tooLong) / (1 - utilization * tooLong) : 0,
    ),
    meanMs: serviceMs + meanWaitMs,
    meanWaitMs,
    parts: () => ({
      wait: [],
      wholeWait: {
        probability: waitProbability,
        meanMs: busy > 0 ? endlessMs / busy : 0,
        mostMs: Math.min(backlog / saturation, shedAfterMs),
        busy: utilization,
        serviceMs,
        residualMs: ((1 + scv) * serviceMs) / 2,
      },
      cpu,
      io,
      cpuParts,
      inTurns: 1,
      linked: 0,
      slowdown: NO_SLOWDOWN,
      stretch: { free: 1, waited: 1 },
    }),
  };
}

/**
 * What is left of P(wait) and E[wait] where a backlog of geometric length, its ratio `decay`, ends at `places` (M/M/c/K for
 * exponential services).
 */
function cutShort(busy: number, decay: number, places: number): { waits: number; waiting: number } {
  const beyond = decay ** places;
  if ((places + 1) * beyond < 1e-16) return { waits: 1, waiting: 1 };
  const accepted = 1 - busy * beyond;
  const moment = (waitingMoment(decay, places) * (1 - decay) ** 2) / decay;
  return { waits: (1 - beyond) / accepted, waiting: moment / accepted };
}
