import { UsageError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';
import type { LearntValues, Origins } from '../../input/learnt.js';
import type { Values } from '../../input/options.js';
import { lawMean } from '../../math/laws/moments.js';
import { mixedWorkload } from '../../model/mixed/workload.js';
import type { RequestLaws } from '../../model/types.js';
import { resolveProfile } from '../../profile/resolve.js';
import type { Profile } from '../../profile/types.js';
import type { Physics } from '../../simulation/engine/policy.js';
import type { SimulationOptions } from '../../simulation/run/experiment.js';
import type { Balancing } from '../../simulation/run/setup.js';
import { flagOf } from '../../text/names.js';
import { lawOf } from './law-of.js';

/** What simulate adds to what plan understands. */
export const physicsOf = (values: Values): Physics => ({
  machineCores: values.machineCores,
  scheduler: values.scheduler,
  sliceMs: values.schedulerSlice,
  switchIntervalMs: values.switchInterval,
});

export function simulationOptionsOf(values: Values): SimulationOptions {
  const { seed, requests, replications, warmup, precision, arrivals } = values;
  return { seed, requests, replications, warmup, precision, arrivals, physics: physicsOf(values) };
}

/** Replicas that are simulated together; more would hold more memory than a run may take. */
const MOST_REPLICAS = 1000;

/** Several replicas behind the balancer that was asked for; null where one is simulated by itself. */
export function balancingOf({ balancer, balancers }: Values, replicas: number): Balancing | null {
  if (balancer === undefined) {
    if (balancers === undefined) return null;
    throw new UsageError(
      '--balancers needs --balancer: give how requests are spread, as in --balancer round-robin',
    );
  }
  if (replicas === 1) return null;
  if (replicas > MOST_REPLICAS)
    throw new UsageError(
      `--replicas: simulate takes at most ${MOST_REPLICAS} behind a --balancer, got ${replicas}; without one a replica is simulated by itself`,
    );
  return { replicas, balancer, balancers: balancers ?? 1 };
}

/** A profile with a fixed configuration, which is all that can be simulated. */
export function requireFixed(values: Values): void {
  const needed = ['cores', 'workers'] as const;
  const missing = needed.filter((name) => values[name] === undefined).map(flagOf);
  if (missing.length > 0)
    throw new UsageError(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: simulate takes a fixed configuration, as in "wcalc simulate --cores 4 --workers 4 --threads 8 --rate 100"`,
    );
  const { cores, machineCores } = values;
  if (machineCores !== undefined && machineCores < cores!)
    throw new UsageError(
      `--machine-cores ${machineCores} contradicts --cores ${cores}: a quota cannot be more than the machine has`,
    );
  for (const [name, most] of Object.entries(MOST) as [keyof typeof MOST, number][]) {
    const value = values[name];
    if (value !== undefined && value > most)
      throw new UsageError(
        `${flagOf(name)}: simulate takes at most ${most}, got ${value}; plan has no such limit`,
      );
  }
}

/** What a simulation holds in memory for each. */
const MOST = { workers: 10_000, cores: 10_000, machineCores: 10_000, backlog: 1_000_000 } as const;

/** The profile of drawn requests. */
export function drawnProfile(values: Values, origins: Origins, host: Host, learnt?: LearntValues): Profile {
  const known: Values = { ...learnt?.values, ...values };
  requireFixed(known);
  if (known.rate === undefined)
    throw new UsageError(
      '--rate is missing: simulate needs an arrival rate, as in --rate 100/s, or --trace FILE',
    );
  const cpu = values.cpuDistribution && lawOf(values.cpuDistribution, host);
  const io = values.ioDistribution && lawOf(values.ioDistribution, host);
  const filled: Record<string, unknown> = { ...values };
  const put = (name: keyof Values, over: keyof Values, value: number | null): void => {
    if (value === null) return;
    const isLearnt = learnt !== undefined && values[name] === learnt.values[name];
    if (isLearnt) delete filled[name];
    if (values[name] !== undefined && !isLearnt && name.endsWith('Cv'))
      throw new UsageError(`${flagOf(name)} and ${flagOf(over)} contradict each other; give one of them`);
    filled[name] ??= value;
  };
  if (cpu) {
    put('cpuCv', 'cpuDistribution', cpu.cv);
    if (values.serviceTime === undefined) put('cpuTime', 'cpuDistribution', cpu.ownMeanMs);
  }
  if (io) {
    put('ioCv', 'ioDistribution', io.cv);
    if (values.serviceTime === undefined) put('ioTime', 'ioDistribution', io.ownMeanMs);
  }
  const profile = resolveProfile(filled as Values, origins, learnt);
  const { cpuTimeMs, ioTimeMs } = profile.inputs as { cpuTimeMs: number; ioTimeMs: number };
  const workload = {
    ...profile.workload,
    ...(cpu ? { cpu: cpu.withMean(cpuTimeMs) } : {}),
    ...(io ? { io: io.withMean(ioTimeMs) } : {}),
  };
  const { mix } = profile.workload;
  if (!mix || !(cpu || io)) return { ...profile, workload };
  const ofPart = (laws: RequestLaws): RequestLaws => ({
    cpu: cpu ? cpu.withMean(lawMean(laws.cpu)) : laws.cpu,
    io: io ? io.withMean(lawMean(laws.io)) : laws.io,
  });
  return {
    ...profile,
    workload: mixedWorkload(workload, { ...mix, looped: ofPart(mix.looped), pooled: ofPart(mix.pooled) }),
  };
}
