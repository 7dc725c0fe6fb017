import { behindBalancer } from '../model/balancers/behind-balancer.js';
import { predict } from '../model/predict.js';
import { memoryUsedMiB } from '../plan/memory.js';
import { ofOneReplica } from '../profile/request.js';
import type { MemoryBudget } from '../profile/types.js';
import type { Deployment } from '../servers/deployments/deployment.js';
import { manualOf } from '../servers/manuals.js';
import { limitOf, type Running, type ServerSubject } from '../servers/rule.js';
import type { Server } from '../servers/server.js';
import { inFlightPerWorker, predictionOf, timesOf } from './predicted.js';
import type { Question } from './question.js';

/** Everything that rules may ask of one server; computed once. */
export interface Facts extends ServerSubject {
  readonly question: Question;
  readonly budget: MemoryBudget;
  /** Memory of all workers; null where it cannot be known. */
  readonly memoryUsedMiB: number | null;
  /** Requests that one worker serves at once; null where unknown or without limit. */
  readonly slotsPerWorker: number | null;
  readonly inFlightPerWorker: number | null;
}

/** Puts together what the files and the user say of one server. */
export function factsFor(deployment: Deployment, asked: Question): Facts {
  const replicas = sharersOf(asked, deployment);
  const question = askedOfOne(asked, replicas);
  const running = withHandlers(deployment.server, manualOf(deployment.server).running(deployment), question);
  const { workers } = running;
  const { version, from } = versionFor(deployment, question);
  const cores = limitOf(question.cores, deployment.resources.cpuLimit);
  const memoryLimit = limitOf(question.memory.memoryMiB, deployment.resources.memoryLimitMiB);
  const budget = { ...question.memory, memoryMiB: memoryLimit?.value ?? null };
  const inFlight = inFlightPerWorker(running, question);
  return {
    ...running,
    deployment,
    version,
    versionFrom: from,
    question,
    times: timesOf(question),
    cores,
    memoryLimit,
    budget,
    memoryUsedMiB:
      workers.value === null || inFlight === null ? null : memoryUsedMiB(budget, workers.value, inFlight),
    slotsPerWorker: slotsPerWorker(running),
    inFlightPerWorker: inFlight,
    prediction: predictionOf(
      deployment.server,
      running,
      cores?.value ?? null,
      question,
      version,
      behindBalancer(predict, { ...question.balancing, replicas }),
    ),
  };
}

/** The version that an option says, else the one that the project installs, else the newest. */
function versionFor(
  { server, pinned }: Deployment,
  { versionOf }: Question,
): { readonly version: number; readonly from: Facts['versionFrom'] } {
  const stated = versionOf(server.name);
  if (stated !== null) return { version: stated, from: 'option' };
  return pinned
    ? { version: pinned.version, from: pinned.at }
    : { version: server.versions.newest, from: 'assumed' };
}

/** Copies that share the rate, which is that of all together: of an autoscaler's, those at its upper end. */
function sharersOf({ replicas }: Question, { copies }: Deployment): number {
  const stated = copies.scaling && copies.most?.known ? copies.most : copies.replicas;
  return Math.max(1, replicas ?? (stated?.known ? stated.value : 1));
}

const askedOfOne = ({ workload, ...question }: Question, replicas: number): Question => ({
  ...question,
  workload: workload && ofOneReplica(workload, replicas),
});

/** How the application's code runs is not in the files: the user says it. */
function withHandlers({ kinds }: Server, running: Running, { handlers }: Question): Running {
  if (!running.kind.value?.handlers || handlers === null) return running;
  const found = kinds.find((other) => other.handlers === handlers.kind) ?? null;
  const kind = found && found.fixedThreads !== null ? { ...found, fixedThreads: handlers.threads } : found;
  return {
    ...running,
    kind: { ...running.kind, value: kind },
    threads: { ...running.threads, value: handlers.threads },
  };
}

function slotsPerWorker({ kind, threads, connections }: Running): number | null {
  switch (kind.value?.concurrency) {
    case 'one':
      return 1;
    case 'threads':
      return threads.value;
    case 'connections':
      return connections.value;
    default:
      return null;
  }
}
