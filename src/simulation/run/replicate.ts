import { lawMean } from '../../math/laws/moments.js';
import { Random } from '../../math/random/random.js';
import type { Facility } from '../../model/discipline.js';
import { cpuOrderOf, type Workload } from '../../model/types.js';
import { DrawnRequests, STREAM } from '../engine/arrivals.js';
import { engineOf } from '../engine/disciplines/engine-of.js';
import { isFcfs, serveFcfs } from '../engine/fcfs.js';
import { policyOf, type RequestCpu } from '../engine/policy.js';
import { replicateFleet } from './replicate-fleet.js';
import type { RunLength } from './run-length.js';
import { Tally } from './run-totals.js';
import type { Experiment } from './setup.js';

/** One independent run. The same experiment and number give the same run anywhere. */
export function replicate(
  experiment: Experiment,
  replication: number,
  length: RunLength,
  keepResponses = false,
  interrupted?: () => boolean,
): Tally {
  const { facility, workload, ratePerSecond, arrivals, physics, seed, balancing } = experiment;
  const policy = policyOf(facility, demandOf(workload, ratePerSecond, facility), physics);
  if (balancing !== undefined && balancing.replicas > 1)
    return replicateFleet(
      { ...experiment, balancing },
      policy,
      replication,
      length,
      keepResponses,
      interrupted,
    );
  const source = new DrawnRequests(workload, ratePerSecond, arrivals, seed, replication);
  const tally = new Tally(policy.processes, keepResponses);
  const random = new Random(seed, replication, STREAM.choice);
  if (isFcfs(policy)) serveFcfs(policy, source, workload.ioCalls, length, tally, interrupted);
  else engineOf(policy, source, workload.ioCalls, random, tally).run(length, interrupted);
  return tally;
}

function demandOf(workload: Workload, ratePerSecond: number, { cores, processes }: Facility): RequestCpu {
  const { cpu, overheadMs, ioCalls, database } = workload;
  const cpuMs = lawMean(cpu) + overheadMs;
  const load = Math.min(1, (ratePerSecond * cpuMs) / 1000 / Math.min(cores, processes));
  const cpuOrder = cpuOrderOf(workload);
  return { overheadMs, burstMs: cpuMs / (ioCalls + 1), load, database, cpuOrder };
}
