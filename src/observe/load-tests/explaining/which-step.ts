import type { Law } from '../../../math/laws/law.js';
import type { Facility } from '../../../model/discipline.js';
import { predictMeans } from '../../../model/predict-means.js';
import type { Workload } from '../../../model/types.js';
import { perSecond } from '../../../text/sentences.js';
import type { Explanation } from './explain.js';

/** Mean times that differ by so much are told apart by any load test. */
const APART = 1.25;
const CANDIDATES = 40;

/**
 * Which further step would tell computing from waiting: the lowest rate at which requests that compute or wait for all but a
 * tenth of their time would have means a quarter apart, or one of them no steady state.
 */
export function whichStep(facility: Facility, { workload, cpuMs, ioMs }: Explanation): string {
  const totalMs = cpuMs.value + ioMs.value;
  const [computing, waiting] = [0.1, 0.9].map((share) => withShare(workload, totalMs, share)) as [
    Workload,
    Workload,
  ];
  const capacityOf = (one: Workload): number =>
    predictMeans(facility, { ...one, ratePerSecond: null }).capacityPerSecond;
  const [low, high] = [capacityOf(computing), capacityOf(waiting)].sort((a, b) => a - b) as [number, number];
  for (let n = 1; n <= CANDIDATES; n++) {
    const rate = (low * 1.05 * n) / CANDIDATES;
    const meanOf = (one: Workload): number | null =>
      predictMeans(facility, { ...one, ratePerSecond: rate }).meanMs;
    const [a, b] = [meanOf(computing), meanOf(waiting)];
    if (rate >= high) break;
    const apart = a === null || b === null ? a !== b : Math.max(a / b, b / a) > APART;
    if (apart) return `add a step at ${perSecond(rate)} or more, where it shows`;
  }
  return 'with this configuration no step would: waiting holds a worker as computing does; test with more workers or threads than cores, or measure CPU time with wcalc detect --watch while the test runs';
}

function withShare(workload: Workload, totalMs: number, ioShare: number): Workload {
  const scaled = (law: Law, mean: number): Law =>
    law.kind === 'two-moment' ? { ...law, mean } : { kind: 'deterministic', mean };
  return {
    ...workload,
    cpu: scaled(workload.cpu, totalMs * (1 - ioShare)),
    io: scaled(workload.cpu, totalMs * ioShare),
    ioCalls: Math.max(1, workload.ioCalls),
  };
}
