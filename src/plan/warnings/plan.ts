import { SERVERS } from '../../servers/index.js';
import type { Server } from '../../servers/server.js';
import { counted, mebibytes, mebibytesUp, milliseconds, perSecond, plain } from '../../text/sentences.js';
import { leastMemoryMiB } from '../memory.js';
import type { Evaluated, Planning } from '../search/candidate.js';
import { type Choice, chooseFor } from '../search/choose.js';
import type { PlanWarning } from '../types.js';

type PlanRule = (planning: Planning, best: Choice | null, given: Evaluated | null) => PlanWarning | null;

/** A number so small is more likely meant in GiB, where those would do. */
const wereGibibytesMeant = (memoryMiB: number, leastMiB: number): string =>
  memoryMiB <= 64 && memoryMiB * 1024 >= leastMiB
    ? `; a number without a unit is MiB: was --mem ${plain(memoryMiB)}GiB meant?`
    : '';

/** Warnings about the question itself. */
export const PLAN_RULES: readonly PlanRule[] = [
  ({ profile: { memory } }) => {
    const least = leastMemoryMiB(memory);
    if (memory.memoryMiB === null || memory.perWorkerMiB === null || least <= memory.memoryMiB) return null;
    return {
      code: 'memory-impossible',
      message: `not even one worker fits into ${mebibytes(memory.memoryMiB)}: at least ${mebibytesUp(least)} are needed${wereGibibytesMeant(memory.memoryMiB, least)}`,
    };
  },
  ({ profile: { server } }) => {
    const { dbMaxConnections, replicas, dbPool } = server;
    const least = replicas * (dbPool ?? 1);
    if (dbMaxConnections === null || least <= dbMaxConnections) return null;
    return {
      code: 'connections-impossible',
      message: `one worker on each replica needs ${least} database connections and only ${dbMaxConnections} are allowed`,
    };
  },
  ({ profile }) =>
    profile.workload.ratePerSecond === null &&
    (profile.objective.limits.length > 0 || profile.objective.maxUtilization !== null)
      ? {
          code: 'slo-without-rate',
          message: 'an objective can only be judged at an arrival rate: give --rate',
        }
      : null,
  ({ profile: { memory, server } }) =>
    memory.sharedMiB > 0 && !server.preload
      ? {
          code: 'shared-without-preload',
          message: 'workers share memory only where the application is loaded before the fork: set --preload',
        }
      : null,
  ({ profile: { server } }) => {
    const [{ name, title, versions }] = SERVERS as readonly [Server];
    const asked = server.versions[name]!;
    return asked > versions.newest || asked < versions.oldest
      ? {
          code: `unknown-${name}`,
          message: `wcalc knows ${title} ${versions.oldest} to ${versions.newest}: ${asked} is taken to behave like the nearest of them`,
        }
      : null;
  },
  ({ profile: { server } }) =>
    server.gil
      ? null
      : {
          code: 'free-threading',
          message:
            'an extension that is not marked safe for free threading turns the interpreter lock on again: check sys._is_gil_enabled() in a worker',
        },
  otherServerRule,
];

/** Where ASGI is spoken and no server was asked for: what the next server that speaks it would give. */
function otherServerRule(planning: Planning, best: Choice | null): PlanWarning | null {
  const { profile } = planning;
  if (best?.kind.application !== 'asgi' || profile.origins.server !== undefined) return null;
  const other = SERVERS.find(
    ({ name, kinds }) => name !== best.kind.server && kinds.some(({ handlers }) => handlers === 'async'),
  );
  const kind = other?.kinds.find(({ handlers }) => handlers === 'async');
  const choice = kind && chooseFor(planning, kind);
  if (!other || !choice) return null;
  const { candidate, prediction, memoryMiB } = choice.best;
  const times = prediction.p95Ms === null ? '' : `, p95 ${milliseconds(prediction.p95Ms)}`;
  return {
    code: 'other-server',
    message: `${other.title} by itself (--server ${other.name}) would take ${counted(candidate.workers, 'worker')} in ${mebibytes(memoryMiB!)}: ${perSecond(prediction.capacityPerSecond)} at most${times}`,
  };
}
