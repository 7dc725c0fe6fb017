import type { StrategyId } from '../../../plan/types.js';
import type { Topic } from '../../../text/topic.js';

/** A strategy also says what it asks and what it leaves out, which is why two of them disagree. */
export interface StrategyTopic extends Topic {
  readonly id: StrategyId;
  readonly asks: string;
  readonly ignores: string;
}

const kind = 'strategy' as const;

export const STRATEGY_TOPICS = {
  'cpu-heuristic': {
    id: 'cpu-heuristic',
    kind,
    title: 'The (2 × cores) + 1 rule',
    what: 'Two workers for each core and one more: while one worker of a core reads or writes its socket, the other computes. It is cores × (1 + wait/compute) with wait equal to compute, plus one.',
    formula: 'workers = 2 × cores + 1, rounded down for fractional cores, at least 1',
    holds: 'Where requests wait about as long as they compute and memory is plentiful.',
    fails:
      'It knows neither memory, nor the rate, nor the objective: in a container it takes the host’s cores, and it gives CPU-bound work twice the workers its cores can use. Its authors call it not overly scientific.',
    source: 'Gunicorn, design page, “How many workers?”',
    derivedBy: ['cpu-heuristic'],
    seeAlso: ['io-ratio', 'memory-bound'],
    asks: 'how many workers keep the cores busy when a request waits as long as it computes',
    ignores: 'memory, the real share of waiting, the rate and the objective',
  },
  'memory-bound': {
    id: 'memory-bound',
    kind,
    title: 'What memory holds',
    what: 'The largest number of workers whose memory fits beside the arbiter, what they share, and the reserve.',
    formula: 'workers = ⌊(memory − reserve − master − shared) / (per worker + threads × per thread)⌋',
    holds: 'Always: more workers than this are killed or swapped, whatever another rule says.',
    fails:
      'It is a ceiling, not a need. It is as good as the per-worker figure: measure USS or PSS after hours of traffic (wcalc detect), because workers grow.',
    source: 'Arithmetic; Heroku’s and OpenShift’s start scripts use the same bound',
    derivedBy: ['memory-bound', 'memory used'],
    seeAlso: ['memory', 'heroku', 'openshift'],
    asks: 'how many workers memory holds',
    ignores: 'CPU, waiting, the rate and the objective',
  },
  'io-ratio': {
    id: 'io-ratio',
    kind,
    title: 'Cores × (1 + wait/compute)',
    what: 'While a request waits on a database or another service its core is free; the more it waits, the more requests must be in service to keep the cores busy.',
    formula: 'slots = cores × (1 + wait / compute)',
    holds: 'As the number of requests in service that just keeps the cores busy, on average.',
    fails:
      'It aims at fully busy cores, where waiting grows without end: it gives throughput, not latency. Under the interpreter lock slots must be split into processes (about one per core) and threads.',
    source: 'B. Goetz, Java Concurrency in Practice (2006), section 8.2',
    derivedBy: ['io-ratio'],
    seeAlso: ['cpu-heuristic', 'little', 'gil'],
    asks: 'how many requests must be in service to keep the cores busy, given how much a request waits',
    ignores: 'memory, the rate and the objective',
  },
  little: {
    id: 'little',
    kind,
    title: 'Little’s law: rate × service time',
    what: 'The mean number of requests in service is the arrival rate times the time each is in service. With fewer slots the server is overloaded.',
    formula: 'slots = rate × service time',
    holds: 'For every stable system in the long run, whatever the distributions.',
    fails:
      'It is the least number, at which every slot is always busy: a queue in front of it grows without bound. Bursts and percentiles need more.',
    source: 'J. D. C. Little, “A proof for the queuing formula L = λW”, Operations Research 9 (1961)',
    derivedBy: ['little'],
    seeAlso: ['square-root', 'queueing'],
    asks: 'how many slots the given rate keeps busy on average',
    ignores: 'variability, waiting, the objective, cores and memory',
  },
  'square-root': {
    id: 'square-root',
    kind,
    title: 'Square-root staffing',
    what: 'To the load comes a safety margin that grows with its square root: large systems need a smaller share of spare slots than small ones.',
    formula: 'slots = load + β × √load, with β set by the wanted probability of waiting',
    holds:
      'For many slots and Poisson arrivals; within one slot of exact Erlang C from loads of a few erlangs.',
    fails:
      'With split queues (each process its own), with bursts, or when cores rather than slots are short.',
    source:
      'S. Halfin, W. Whitt, “Heavy-traffic limits for queues with many exponential servers”, Operations Research 29 (1981)',
    derivedBy: ['square-root'],
    seeAlso: ['erlang-c', 'little'],
    asks: 'how many slots keep waiting rare at the given rate',
    ignores: 'the variability of service, cores and memory',
  },
  queueing: {
    id: 'queueing',
    kind,
    title: 'The fewest servers that meet the objective',
    what: 'The smallest configuration whose predicted response times, from the queueing model of its worker class, keep the objective.',
    formula: 'least workers × threads with predicted p95 (or what the objective names) ≤ objective',
    holds: 'Within the measured error of the class’s model (docs/accuracy.md), for Poisson arrivals.',
    fails:
      'It is as good as the inputs: service time, its variability and the rate. Learn them from a log (wcalc fit).',
    source: 'The model of the worker class; see `wcalc explain` with the name of the class',
    derivedBy: ['CPU load', 'capacity', 'p95', 'mean', 'wait'],
    seeAlso: ['erlang-c', 'split-queues'],
    asks: 'what is the least that keeps the objective at the given rate',
    ignores: 'nothing that was given',
  },
} as const satisfies Record<StrategyId, StrategyTopic>;
