import { UsageError } from '../host/errors.js';
import type { LearntValues, Origins } from '../input/learnt.js';
import type { OptionName, Values } from '../input/options.js';
import { collectAssumptions } from '../profile/assume.js';
import { ASSUMED_BALANCER } from '../profile/balancer.js';
import { resolveMemory } from '../profile/memory.js';
import { resolveObjective } from '../profile/objective.js';
import { resolveWorkload } from '../profile/request.js';
import { lawsThatHold } from '../profile/resolve.js';
import { resolveServer } from '../profile/server.js';
import { DEFAULT_SERVER } from '../servers/index.js';
import { flagOf } from '../text/names.js';
import type { Question } from './question.js';

/** net.core.somaxconn since Linux 5.4. */
const SOMAXCONN = 4096;

/** Options that say something of requests; with one of them what is missing is assumed, as in `wcalc plan`. */
const ASKING = [
  'rate',
  'serviceTime',
  'cpuTime',
  'ioTime',
  'ioRatio',
] as const satisfies readonly (keyof Values)[];

/** The option as it was given: `--slo`, `WCALC_SLO`, or `wcalc.yaml:4: slo`. */
function whereFrom(name: OptionName, origins: Origins): string {
  const origin = origins[name];
  return origin?.source === 'file' ? `${origin.where}: ${name}` : (origin?.where ?? flagOf(name));
}

/** What the options ask of every server. Nothing is assumed of requests where no option speaks of them. */
export function questionOf(values: Values, origins: Origins, learnt?: LearntValues): Question {
  const assumptions = collectAssumptions();
  const { slo = [], maxUtilization } = values;
  if (values.rate === undefined && (slo.length > 0 || maxUtilization !== undefined))
    throw new UsageError(
      `${whereFrom(slo.length > 0 ? 'slo' : 'maxUtilization', origins)}: an objective needs --rate, the requests per second, such as 40/s`,
    );
  const isAsked = ASKING.some((name) => values[name] !== undefined);
  const request = isAsked
    ? resolveWorkload(values, origins, assumptions, lawsThatHold(values, learnt))
    : null;
  const server = resolveServer(values, collectAssumptions());
  return {
    cores: values.cores ?? null,
    memory: resolveMemory(values),
    workload: request?.workload ?? null,
    ioKnown: request?.ioKnown ?? false,
    objective: resolveObjective(values, assumptions, false),
    versionOf: versionsIn(values),
    handlers: values.handlers ?? null,
    loop: values.loop ?? null,
    gil: server.gil,
    websockets: server.websockets,
    proxy: server.proxy,
    replicas: values.replicas ?? null,
    balancing: { balancer: values.balancer ?? ASSUMED_BALANCER.value, balancers: values.balancers ?? 1 },
    dbPool: server.dbPool,
    dbMaxConnections: server.dbMaxConnections,
    priceCore: values.priceCore,
    priceMem: values.priceMem,
    proxyIdleMs: values.proxyIdleTimeout ?? null,
    proxyConnections: values.proxyConnections ?? null,
    slowestMs: values.slowest ?? null,
    somaxconn: values.somaxconn ?? SOMAXCONN,
    assumptions: assumptions.list,
  };
}

/** `--server NAME@VERSION` says the version of one server; of the default one `--gunicorn` does too. */
function versionsIn({ server, gunicorn }: Values): Question['versionOf'] {
  return (name) => {
    if (server !== undefined && server !== 'any' && server.name === name && server.version !== null)
      return server.version;
    return name === DEFAULT_SERVER.name ? (gunicorn ?? null) : null;
  };
}
