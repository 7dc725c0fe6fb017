import type { Bound } from '../../../plan/types.js';
import type { Topic } from '../../../text/topic.js';

const bound = (
  id: Bound,
  topic: Omit<Topic, 'id' | 'kind' | 'source'> & { readonly source?: string },
): Topic => ({
  id: id === 'memory' ? 'memory' : `bound-${id}`,
  kind: 'bound',
  source: 'wcalc’s plan: the constraint that stops the next larger configuration',
  ...topic,
});

/** What `boundBy` can say. */
export const BOUND_TOPICS = {
  memory: bound('memory', {
    title: 'Bound by memory',
    what: 'One more worker (or thread) would not fit: everything the server holds together may not exceed the memory it has.',
    formula: 'master + shared + workers × (per worker + threads × per thread) + reserve ≤ memory',
    holds: 'Exactly, for the figures given.',
    fails:
      'Where workers grow over time: plan with the peak, not the mean, and recycle workers with max_requests.',
    derivedBy: ['memory used', 'memory-bound'],
    seeAlso: ['memory-bound'],
  }),
  cpu: bound('cpu', {
    title: 'Bound by CPU',
    what: 'The cores are the limit: more workers would not finish more requests.',
    formula: 'capacity = cores / CPU time per request',
    holds: 'When there are enough processes to use every core.',
    fails: 'Where the process is throttled by a quota below the cores it sees.',
    seeAlso: ['cpu-heuristic', 'throttling'],
  }),
  gil: bound('gil', {
    title: 'Bound by the interpreter lock',
    what: 'Each process computes on one core at a time: with fewer processes than cores, cores stay idle whatever the threads.',
    formula: 'capacity = workers / CPU time per request',
    holds: 'For CPython with its global interpreter lock and code that holds it.',
    fails: 'On free-threaded builds (--no-gil), and for C code that releases the lock.',
    seeAlso: ['gil'],
  }),
  slots: bound('slots', {
    title: 'Bound by request slots',
    what: 'All workers × threads are busy while cores are still idle: requests wait for a slot, not for the CPU.',
    formula: 'capacity = workers × threads / service time',
    holds: 'For sync and gthread, whose slots are fixed.',
    fails: 'Event loops have no slots: their limit is the CPU of one loop.',
    seeAlso: ['little', 'io-ratio'],
  }),
  slo: bound('slo', {
    also: ['slo'],
    title: 'Bound by the objective',
    what: 'Anything smaller would miss the objective: this is the least that keeps it.',
    holds: 'Within the model’s measured error at the given rate.',
    fails: 'At another rate or variability: sweep the rate to see how far it holds.',
    seeAlso: ['queueing'],
  }),
  connections: bound('connections', {
    also: ['connections'],
    title: 'Bound by database connections',
    what: 'More workers or threads, over all replicas, would open more connections than the database may hold; or the pools of the workers (--db-pool) have too few for the requests that they serve at once, which queue for them.',
    formula:
      'replicas × workers × connections per worker ≤ database connections; rate × time with a connection ≤ workers × pool',
    holds:
      'For pools that hold their connections, one per thread unless --db-pool says otherwise. A pool smaller than the threads is predicted and simulated as a second queue, in which requests hold their threads.',
    fails:
      'Behind a connection pooler such as PgBouncer, whose own limit counts instead. A rolling update holds the surge pods’ connections too.',
  }),
  availability: bound('availability', {
    also: ['availability'],
    title: 'Bound by availability',
    what: 'One worker would meet the objective, and leave nobody to serve while it restarts: the second is there for that.',
    why: 'Workers restart by themselves: max_requests recycles them, a timeout kills them, a deployment replaces them. A single one takes seconds to load the application, and every request that comes meanwhile waits.',
    holds: 'Where one copy of the server runs alone.',
    fails:
      'With --replicas of more than 1 another copy serves meanwhile; --lean asks for the least memory all the same.',
    seeAlso: ['bound-slo'],
  }),
  heuristic: bound('heuristic', {
    also: ['heuristic'],
    title: 'Bound by the rule alone',
    what: 'Nothing measured is the limit: no rate was given and memory holds more, so the rule of thumb decides.',
    holds: 'As a start.',
    fails: 'Give --rate and --slo, and the answer rests on a model instead of a rule.',
    seeAlso: ['cpu-heuristic', 'io-ratio'],
  }),
} as const satisfies Record<Bound, Topic>;
