import type { Values } from '../parse/options.js';
import { collectAssumptions } from '../profile/assume.js';
import { resolveMemory } from '../profile/memory.js';
import { resolveObjective } from '../profile/objective.js';
import { resolveWorkload } from '../profile/request.js';
import { lawsThatHold } from '../profile/resolve.js';
import { resolveServer } from '../profile/server.js';
import type { LearntValues, Origins } from '../profile/types.js';
import type { Question } from './question.js';

/** net.core.somaxconn since Linux 5.4. */
const SOMAXCONN = 4096;

/** What the options ask of every server. Nothing is assumed of a request unless its time was given. */
export function questionOf(values: Values, origins: Origins, learnt?: LearntValues): Question {
  const assumptions = collectAssumptions();
  const isTimed =
    values.serviceTime !== undefined || values.cpuTime !== undefined || values.ioTime !== undefined;
  const request = isTimed
    ? resolveWorkload(values, origins, assumptions, lawsThatHold(values, learnt))
    : null;
  const server = resolveServer(values, collectAssumptions());
  return {
    cores: values.cores ?? null,
    memory: resolveMemory(values),
    workload: request?.workload ?? null,
    ioKnown: request?.ioKnown ?? false,
    objective: resolveObjective(values, assumptions, false),
    gunicorn: server.gunicorn,
    gil: server.gil,
    websockets: server.websockets,
    proxy: server.proxy,
    replicas: values.replicas ?? null,
    dbPool: server.dbPool,
    dbMaxConnections: server.dbMaxConnections,
    slowestMs: values.slowest ?? null,
    somaxconn: values.somaxconn ?? SOMAXCONN,
    assumptions: assumptions.list,
  };
}
