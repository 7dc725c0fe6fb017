import { variabilityFactor } from '../threads/variability.js';
import type { Connections, Varied } from './station.js';

/** The line for connections of requests that come at so many per ms to all processes: that of M/G/c (Kimura 1986). */
export function variedLine(
  { processes, ioMs }: { readonly processes: number; readonly ioMs: number },
  { connections, share, scv }: Connections & { readonly scv: number },
  arrivals: number,
): Varied {
  const utilization = Math.min(1, (arrivals * ioMs * share) / (processes * connections));
  const factor = utilization < 1 ? variabilityFactor(connections, utilization, scv) : (1 + scv) / 2;
  return { factor, utilization };
}

/**
 * The same factor where requests go to the process with the fewest (*from simulation*): between w processes each gets them the
 * more evenly, which shortens lines of times that are alike; and they avoid a process that times of great variability hold up.
 */
export const evenedOut = (factor: number, scv: number, processes: number): number =>
  scv < 1 ? factor * processes ** (-0.35 * (1 - scv)) : 1 + (factor - 1) * processes ** -0.6;
