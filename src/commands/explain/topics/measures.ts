import type { Topic } from '../../../text/topic.js';

const measure = 'measure' as const;

/** The numbers that stand in tables, in JSON and in objectives. */
export const MEASURE_TOPICS: readonly Topic[] = [
  {
    id: 'response-time',
    also: ['mean', 'p50', 'p90', 'p95', 'p99'],
    kind: measure,
    title: 'Response times: mean and percentiles',
    what: 'The time from a request’s arrival at the server to its response: waiting for a slot, waiting for a core or interpreter lock, computing, and waiting on I/O. p95 is the time within which 95 % of the requests are answered.',
    formula: 'mean = CPU + I/O + waits; p95 = the time t with P(response ≤ t) = 95 %',
    holds:
      'For Poisson arrivals at a steady rate, by the model that is named beside the number; docs/accuracy.md says how far real servers are from it.',
    fails:
      'For bursts, for the network and proxies before the server, and for requests that crash or time out. Percentiles depend on how much requests vary: --cpu-cv and --io-cv.',
    source: 'definition; the model that is named as method gives the numbers',
    derivedBy: ['mean, ms', 'p50, ms', 'p90, ms', 'p95, ms', 'p99, ms'],
    seeAlso: ['wait', 'little', 'erlang-c'],
  },
  {
    id: 'wait',
    also: ['waits', 'wait-probability'],
    kind: measure,
    title: 'The probability of waiting',
    what: 'The share of requests that find every slot taken when they arrive, and so wait before they are first served.',
    formula: 'for M/M/c: Erlang C',
    holds: 'As the earliest sign that slots run short: it rises long before the mean does.',
    fails: 'As a measure of how long they wait: most of the waits may be short.',
    source: 'definition; the model that is named as method gives the numbers',
    derivedBy: ['probability of waiting'],
    seeAlso: ['erlang-c', 'response-time'],
  },
  {
    id: 'capacity',
    kind: measure,
    title: 'Capacity',
    what: 'The largest rate that a configuration sustains: at it the cores, the interpreter locks or the slots are busy all the time, and above it waiting grows without end.',
    formula: 'about min(cores / CPU time, processes / CPU time with the lock, slots / service time)',
    holds: 'As the limit beyond which no response time exists.',
    fails: 'As a rate to run at: response times grow without bound towards it.',
    source:
      'P. J. Denning, J. P. Buzen, Computing Surveys 10 (1978): the utilisation law and asymptotic bounds',
    derivedBy: ['capacity, requests per second'],
    seeAlso: ['utilization', 'bound-cpu', 'bound-gil', 'bound-slots'],
  },
  {
    id: 'utilization',
    also: ['utilisation', 'cpu', 'slots'],
    kind: measure,
    title: 'Utilisation: cpu, gil, slots',
    what: 'The share of the time that a resource is busy: the cores (cpu), the interpreter lock of a process (gil), the request slots (slots). --max-utilization limits the share of the capacity that the rate takes.',
    formula:
      'cpu = rate × CPU time / cores; gil = rate × CPU time / processes; slots = rate × service time / slots',
    holds: 'At any steady rate below the capacity, whatever the laws of the times.',
    fails:
      'As a measure of latency: at the same utilisation few large servers wait less than many small ones.',
    source: 'utilisation law (Denning and Buzen 1978)',
    derivedBy: ['CPU load, cores'],
    seeAlso: ['capacity', 'gil', 'little'],
  },
  {
    id: 'reject',
    also: ['rejects', 'reject-probability'],
    kind: measure,
    title: 'Requests refused',
    what: 'The share of requests whose connection is refused, because the listen backlog is full.',
    formula: 'P(all slots taken and the backlog full); above the capacity, 1 − capacity / rate',
    holds: 'For a backlog that is as long as it was asked for: the kernel cuts it at net.core.somaxconn.',
    fails: 'Where clients retry: refused requests then come back and add to the rate.',
    source: 'M/M/c/K; Gunicorn’s setting backlog',
    seeAlso: ['erlang-b', 'backlog-over-limit'],
  },
];
