import type { PhaseType } from '../phase-type/phase-type.js';
import { occupancySize } from './occupancy.js';

/** Multiplications that fit in about 100 ms of one core. */
const MOST_WORK = 2.6e8;

/**
 * Whether the exact solution of PH/PH/c stays within about 100 ms: the logarithmic reduction multiplies matrices
 * of the order of the states with all servers busy some nine times per iteration, the boundary inverts one matrix
 * per level below. With two phases of service and Poisson arrivals that is up to about 115 servers, with four
 * phases 8.
 */
export function affordable(
  arrival: PhaseType,
  service: PhaseType,
  servers: number,
  utilization: number,
): boolean {
  if (servers > 1000) return false;
  const [arrivalPhases, phases] = [arrival.alpha.length, service.alpha.length];
  const order = arrivalPhases * occupancySize(servers, phases);
  if (order > 1000) return false;
  const iterations = 7 + Math.max(0, Math.log2(1 / (1 - utilization)));
  // Blocks of many zeros are skipped over in part.
  const density = arrivalPhases > 1 ? 0.5 : phases > 2 ? 0.6 : 1;
  let boundary = 0;
  for (let n = 0; n < servers; n += 1) boundary += (arrivalPhases * occupancySize(n, phases)) ** 3;
  return density * 9 * iterations * order ** 3 + 1.4 * boundary <= MOST_WORK;
}
