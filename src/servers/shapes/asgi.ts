import { type Discipline, MAIN_THREAD } from '../../model/discipline.js';
import { type Circumstances, type Configuration, isMixed, type Kind } from '../server.js';
import { kindOf } from './kind.js';

/** Tokens of AnyIO's default limiter, one limiter for each event loop (starlette/concurrency.py; anyio/_backends/_asyncio.py). */
export const STARLETTE_THREADS = 40;

/**
 * Django 4 and later give each request in flight a thread of its own (asgiref/sync.py): so many stand for no limit, since
 * more could not be told apart.
 */
const DJANGO_THREADS = 1000;

const UNLIMITED = Number.POSITIVE_INFINITY;

/** The ways in which an ASGI server runs the code of its application: on the loop, in a pool of threads, a thread a request. */
export function asgiKinds(server: string, of: Partial<Kind> & Pick<Kind, 'source'>): readonly Kind[] {
  const common = { server, application: 'asgi', websockets: true, asks: 'asgi', ...of } as const;
  return [
    kindOf({
      ...common,
      name: 'async',
      handlers: 'async',
      concurrency: 'unlimited',
      note: 'needs an ASGI application; requests in flight per process have no limit',
    }),
    kindOf({
      ...common,
      name: 'threads',
      handlers: 'threads',
      concurrency: 'threads',
      fixedThreads: STARLETTE_THREADS,
      note: 'def endpoints run in a pool of threads in each process, which share its interpreter lock',
      source: `${of.source}; starlette/concurrency.py`,
    }),
    kindOf({
      ...common,
      name: 'django',
      handlers: 'django',
      concurrency: 'unlimited',
      note: 'Django runs sync views in a thread for each request in flight, without limit: threads and database connections grow with the load',
      source: `${of.source}; asgiref/sync.py`,
    }),
    kindOf({
      ...common,
      name: 'async+threads',
      handlers: 'async+threads',
      concurrency: 'unlimited',
      fixedThreads: STARLETTE_THREADS,
      note: 'runs async endpoints on the loop and def endpoints in a pool of threads beside it, which share the interpreter lock of their process',
      source: `${of.source}; starlette/concurrency.py`,
    }),
    kindOf({
      ...common,
      name: 'async+django',
      handlers: 'async+django',
      concurrency: 'unlimited',
      note: 'runs async views on the loop and sync views in a thread for each request in flight, without limit, which share the interpreter lock of their process',
      source: `${of.source}; asgiref/sync.py`,
    }),
  ];
}

/** How a server's own loop accepts, and when the answers leave of one that computes itself. */
type LoopRule = Pick<Discipline, 'backlog' | 'acceptsAtOnce' | 'acceptsAsBefore' | 'answersLeave'>;

/** An event loop in each process, which accepts from one shared backlog, and the application's code on it or in threads. */
export function loopDiscipline(
  { kind, workers, threads }: Configuration,
  { gil }: Circumstances,
  { backlog, acceptsAtOnce, ...turns }: LoopRule,
): Discipline {
  const base = {
    processes: workers,
    connections: UNLIMITED,
    backlog,
    acceptsAtOnce,
    sharing: 'evenly',
    holdMs: 0,
    killAfterMs: UNLIMITED,
  } as const;
  const onLoop = { ...base, slots: UNLIMITED, accepts: 'between-turns', front: { by: 'turn' } } as const;
  if (kind.handlers === 'async') return { ...onLoop, computes: 'to-next-wait', ...turns };
  const ofPool = kind.handlers?.endsWith('django') ? DJANGO_THREADS : threads;
  const inThreads = gil ? 'under-lock' : 'in-parallel';
  if (isMixed(kind.handlers)) return { ...onLoop, computes: inThreads, pooledThreads: ofPool };
  return {
    ...base,
    slots: ofPool,
    // The loop itself hardly computes, so that it takes every connection at once.
    accepts: 'eagerly',
    front: MAIN_THREAD,
    computes: inThreads,
  };
}

/** asyncio takes all that wait when it is woken; uvloop, from 0.18 on, one connection (libuv 1.45). */
export const acceptedByLoop = (loop: Circumstances['loop']): number => (loop === 'uvloop' ? 1 : UNLIMITED);
