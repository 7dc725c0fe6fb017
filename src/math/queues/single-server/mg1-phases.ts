import { exitRates, occupancy, type PhaseType } from '../phase-type/phase-type.js';
import {
  erlangMixture,
  fastestRate,
  followedBy,
  generatorSteps,
  mixtureDurations,
} from '../phase-type/uniformised.js';
import type { Durations } from '../result.js';

/**
 * Wait and sojourn of M/PH/1. The wait is a geometric sum of residual services, so itself phase-type: it starts
 * in phase i with ρ times the residual law β_e = α(−T)⁻¹/E S, and on absorption starts again with probability ρ
 * (Neuts 1981, section 2.2).
 */
export function mg1PhaseTimes(
  arrivalRate: number,
  service: PhaseType,
  waitMean: number,
): { wait: Durations; sojourn: Durations } {
  const times = occupancy(service);
  const serviceMean = times.reduce((sum, x) => sum + x, 0);
  const residual = times.map((time) => arrivalRate * time); // ρ β_e
  const idle = 1 - arrivalRate * serviceMean;
  const leaving = exitRates(service);
  const generator = service.generator.map((row, i) => row.map((x, j) => x + leaving[i]! * residual[j]!));
  const rate = fastestRate(service.generator);
  const wait = erlangMixture(
    rate,
    generatorSteps(
      residual,
      generator,
      leaving.map((x) => x * idle),
      rate,
    ),
  );
  return {
    wait: mixtureDurations(wait, waitMean),
    sojourn: mixtureDurations(followedBy(wait, service), waitMean + serviceMean),
  };
}
