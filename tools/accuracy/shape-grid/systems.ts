import type { Law } from '../../../src/math/laws/law.js';
import { capacity } from '../../../src/model/capacity.js';
import type { Facility } from '../../../src/model/discipline.js';
import { mixedWorkload } from '../../../src/model/mixed/workload.js';
import type { Mix, Workload } from '../../../src/model/types.js';
import { serverNamed } from '../../../src/servers/index.js';

/** What the shapes are, by server and kind; each also with pools that have fewer connections than a process serves requests. */
export const SHAPES = {
  threads: { server: 'uvicorn', kind: 'threads', title: 'a loop before a pool of threads (`threads:N`)' },
  django: { server: 'uvicorn', kind: 'django', title: 'a thread for each request (`django`)' },
  mixed: {
    server: 'uvicorn',
    kind: 'async+threads',
    title: 'loops with threads beside them (`async=70%,threads:40=30%`)',
    unpooled: true,
  },
  async: { server: 'uvicorn', kind: 'async', title: 'event loops (`async`)' },
  slots: { server: 'uwsgi', kind: 'uwsgi', title: 'one queue before processes × threads (uWSGI, mod_wsgi)' },
  single: { server: 'waitress', kind: 'waitress', title: 'one process with threads (Waitress)' },
} as const;

export type Shape = keyof typeof SHAPES;

export interface Question {
  readonly shape: Shape;
  readonly facility: Facility;
  readonly workload: Workload;
  readonly utilization: number;
}

/** A random system of the shape at a share of its own capacity; `pooled` with a scarce pool of connections, else without one. */
export function randomQuestion(shape: Shape, pooled: boolean, random: () => number): Question {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const { server: name, kind: kindName } = SHAPES[shape];
  const server = serverNamed(name);
  const kind = server.kinds.find((one) => one.name === kindName)!;
  const workers = kind.isSingle ? 1 : pick([1, 2, 2, 3, 4, 4, 8, 16]);
  const threads = pick(pooled ? [4, 8, 16, 40, 40, 64] : [1, 2, 4, 8, 16, 40, 64]);
  const cores = pick([1, 2, 2, 4, 4, 8, 16].filter((cores) => cores <= 2 * workers));
  const ioShare = pick([0.5, 0.7, 0.8, 0.9, 0.95]);
  const utilization = pick([0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]);
  const serviceMs = pick([20, 50, 100, 200]);
  const plain = random() < 0.6;
  const discipline = server.discipline(
    { kind, workers, threads, workerConnections: null },
    {
      version: server.versions.newest,
      gil: true,
      backlog: 2048,
      timeoutMs: 0,
      loop: pick(['asyncio', 'uvloop']),
    },
  );
  const facility = { ...discipline, cores };
  const base: Workload = {
    ratePerSecond: null,
    cpu: { kind: 'two-moment', mean: serviceMs * (1 - ioShare), cv: plain ? 1 : pick([0.5, 1, 1.5]) },
    io: { kind: 'two-moment', mean: serviceMs * ioShare, cv: plain ? 1 : pick([0, 0.5, 1, 1.5]) },
    ioCalls: plain ? 1 : pick([1, 2, 4]),
    overheadMs: 0,
  };
  const few = [2, 3, 5, 10, 15, 20, 40].filter((connections) => connections < facility.slots);
  const mixed = facility.pooledThreads === undefined ? base : mixedWorkload(base, mixOf(base, random));
  const workload = pooled
    ? { ...mixed, database: { connections: pick(few), share: pick([0.3, 0.6, 1]) } }
    : mixed;
  const ratePerSecond = utilization * capacity(facility, workload);
  return { shape, facility, workload: { ...workload, ratePerSecond }, utilization };
}

/** Requests in threads that are a share of all, in half of the systems with other times than those on the loop. */
function mixOf({ cpu, io }: Workload, random: () => number): Mix {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const pooledShare = pick([0.1, 0.3, 0.5, 0.7, 0.9]);
  const times = (law: Law, factor: number): Law => ({
    ...(law as TwoMoment),
    mean: factor * (law as TwoMoment).mean,
  });
  const [more, longer] = random() < 0.5 ? [1, 1] : [pick([0.25, 0.5, 2, 4]), pick([0.5, 2])];
  return { pooledShare, looped: { cpu, io }, pooled: { cpu: times(cpu, more), io: times(io, longer) } };
}

type TwoMoment = Extract<Law, { kind: 'two-moment' }>;
