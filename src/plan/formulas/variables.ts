import type { Profile } from '../../profile/types.js';
import type { Variables } from './language.js';

/** A profile as the variables of formulas. */
export function variablesOf({ cores, memory, inputs, server, fixed, workload }: Profile): Variables {
  const number = (name: string): number => inputs[name] as number;
  const rate = workload.ratePerSecond;
  return {
    cores,
    memory: memory.memoryMiB,
    perWorker: memory.perWorkerMiB,
    shared: memory.sharedMiB,
    perThread: memory.perThreadMiB,
    master: memory.masterMiB,
    reserve: memory.reserveMiB,
    ioRatio: number('ioRatio'),
    serviceTime: number('serviceTimeMs'),
    cpuTime: number('cpuTimeMs'),
    ioTime: number('ioTimeMs'),
    rate,
    load: rate === null ? null : (rate * number('serviceTimeMs')) / 1000,
    threads: fixed.threads ?? 1,
    replicas: server.replicas,
  };
}
