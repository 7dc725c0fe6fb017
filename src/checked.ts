import { checkedLaw } from './math/laws/check.js';
import { nonNegative, positive, whole } from './math/numeric/domain.js';
import type { Facility } from './model/discipline.js';
import type { Workload } from './model/types.js';
import { facilityOf, type System } from './servers/gunicorn/discipline.js';
import { WORKER_CLASSES } from './servers/gunicorn/worker-class.js';
import type { SimulationOptions, SimulationResult, simulate } from './simulation/index.js';
import type { Balancing } from './simulation/run/setup.js';

/**
 * What the library's users hand to the models, checked once before the models trust it. Each throws a RangeError that
 * names what is outside its range.
 */
function checkSystem(system: System): void {
  if (!WORKER_CLASSES.includes(system.workerClass))
    throw new RangeError(
      `workerClass must be one of ${WORKER_CLASSES.join(', ')}, got ${system.workerClass}`,
    );
  for (const name of ['gunicorn', 'workers', 'threads', 'workerConnections', 'backlog'] as const)
    whole(name, system[name]);
  positive('cores', system.cores);
  nonNegative('timeoutMs', system.timeoutMs);
}

function checkWorkload({ ratePerSecond, cpu, io, ioCalls, overheadMs, cpuOrder, database }: Workload): void {
  if (ratePerSecond !== null) positive('ratePerSecond', ratePerSecond);
  checkedLaw('cpu', cpu);
  checkedLaw('io', io);
  whole('ioCalls', ioCalls, 0);
  nonNegative('overheadMs', overheadMs);
  if (database !== undefined) {
    whole('database.connections', database.connections);
    if (!(database.share > 0 && database.share <= 1))
      throw new RangeError(`database.share must be above 0, up to 1, got ${database.share}`);
  }
  if (cpuOrder !== undefined && cpuOrder !== 'even' && cpuOrder !== 'before-waits')
    throw new RangeError(`cpuOrder must be even or before-waits, got ${cpuOrder}`);
}

const BALANCERS = ['round-robin', 'random', 'least-connections', 'power-of-two'] as const;

function checkBalancing({ replicas, balancer, balancers }: Balancing): void {
  whole('replicas', replicas);
  whole('balancers', balancers);
  if (!BALANCERS.includes(balancer))
    throw new RangeError(`balancer must be one of ${BALANCERS.join(', ')}, got ${balancer}`);
}

function checkOptions({
  seed,
  requests,
  replications,
  warmup,
  precision,
  arrivals,
  balancing,
}: SimulationOptions): void {
  if (seed !== undefined) whole('seed', seed, 0);
  if (requests !== undefined) whole('requests', requests);
  if (replications !== undefined) whole('replications', replications);
  if (warmup !== undefined) whole('warmup', warmup, 0);
  if (precision !== undefined) positive('precision', precision);
  if (balancing !== undefined) checkBalancing(balancing);
  if (arrivals?.kind === 'renewal') checkedLaw('gap', arrivals.gap);
  if (arrivals?.kind === 'batch' && !(arrivals.size >= 1 && arrivals.size < Infinity))
    throw new RangeError(`size of a batch must be 1 or more, got ${arrivals.size}`);
}

type Asked<R> = (facility: Facility, workload: Workload) => R;

/** A model as a function of a system and a workload, which refuses what is no system or no workload. */
export const checked =
  <R>(ask: Asked<R>): ((system: System, workload: Workload) => R) =>
  (system, workload) => {
    checkSystem(system);
    checkWorkload(workload);
    return ask(facilityOf(system), workload);
  };

/** The simulator, which takes options too. */
export const checkedSimulation =
  (run: typeof simulate) =>
  (system: System, workload: Workload, options: SimulationOptions = {}): SimulationResult => {
    checkSystem(system);
    checkWorkload(workload);
    checkOptions(options);
    return run(facilityOf(system), workload, options);
  };
