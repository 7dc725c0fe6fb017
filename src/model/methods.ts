/** The models that `method` of a prediction names, for `explain`: what each assumes and where it holds. */
export interface Method {
  readonly label: string;
  readonly assumptions: readonly string[];
  readonly validity: string;
  readonly sources: readonly string[];
}

export type MethodId =
  | 'plain-servers'
  | 'servers-sharing-cores'
  | 'shared-queue'
  | 'split-queues'
  | 'event-loops'
  | 'batching-loops'
  | 'loops-with-threads';

const ARRIVALS = 'Requests arrive at random (Poisson) at a constant rate.';
const PARTS =
  'CPU comes in one part more than there are waits, all parts equal; CPU and I/O of a request are independent.';
const UNEQUAL =
  'With --overhead a real server is meant, whose requests compute in unequal parts: they are taken to wait longer for it.';
const ORDER =
  'With --overhead a real server is meant, whose requests are taken to compute before they wait, the order in which they wait longest, unless --cpu-order says otherwise.';
const FES =
  'Chandy, Herzog and Woo 1975 (flow-equivalent server); Reiser and Kobayashi 1975 (product form of lock and delay)';

const BURSTS =
  'Coffman and Kleinrock 1968 (bursts in turns); Abate and Whitt 1988 (how long a line remembers); Yashkov 1983 (spread of long requests in processor sharing)';

const LOOPS =
  'Markov chain of busy processes and waiting requests, solved by block elimination, the processes with a line by its first moment; waits by Little’s law and level crossing';

export const METHODS: Readonly<Record<MethodId, Method>> = {
  'plain-servers': {
    label: 'M/G/c, a core for each worker',
    assumptions: [
      ARRIVALS,
      'One request per worker at a time, one shared backlog, a free core for every worker; or threads without a lock, with a core for each.',
    ],
    validity: 'workers ≤ cores, one thread or no lock; exact for one worker and for exponential service',
    sources: ['Pollaczek 1930, Khinchine 1932', 'Kimura 1986 with Cosmetatos 1975 for M/D/c'],
  },
  'servers-sharing-cores': {
    label: 'shared queue over workers that share the cores',
    assumptions: [
      ARRIVALS,
      PARTS,
      UNEQUAL,
      'Workers that compute share the cores equally, in turns of Linux’s slices (0.75 to 3 ms).',
    ],
    validity: 'workers > cores, one thread',
    sources: [FES, BURSTS],
  },
  'shared-queue': {
    label: 'shared queue over threads, flow-equivalent server',
    assumptions: [
      ARRIVALS,
      PARTS,
      UNEQUAL,
      'One thread of a process computes at a time (without the GIL, all may); threads take turns of 5 ms, processes of Linux’s slices (0.75 to 3 ms).',
      'Requests go to the process with the fewest.',
    ],
    validity: 'any number of workers, threads and cores',
    sources: [FES, BURSTS, 'Takács 1962 (throughput with bursts in order of arrival)'],
  },
  'split-queues': {
    label: 'a queue per process',
    assumptions: [
      ARRIVALS,
      PARTS,
      'Each process takes its share of the connections into its own queue, whether it has a free thread or not.',
      'A connection wakes all processes at their poll; those that the scheduler lets run first take more, the more so the idler the CPUs. `range` goes from what even shares would give to that.',
    ],
    validity: 'connections per process well above threads',
    sources: [
      FES,
      BURSTS,
      'Jackson 1957 (product form of the spread over the processes)',
      'shares simulated by Linux’s wake order and scheduler (fs/eventpoll.c, kernel/sched/fair.c)',
    ],
  },
  'event-loops': {
    label: 'event loops, bursts in order of arrival',
    assumptions: [
      ARRIVALS,
      PARTS,
      ORDER,
      'A burst runs to its next wait; everything else in its loop waits.',
      'New connections go to an idle loop where there is one; while all are busy, to the first that comes round, which takes one or all.',
    ],
    validity: 'no limit on connections that binds',
    sources: [
      LOOPS,
      'mean value analysis of a line that requests join several times; Reiman 1988 (multiclass feedback queue in heavy traffic)',
      'Abate and Whitt 1988 (how long a line remembers)',
    ],
  },
  'batching-loops': {
    label: 'loops that serve one request at a time and take the backlog at once',
    assumptions: [
      ARRIVALS,
      'A request blocks its loop from beginning to end.',
      'A loop that comes free takes all that wait.',
    ],
    validity: 'any number of workers and cores',
    sources: [LOOPS],
  },
  'loops-with-threads': {
    label: 'event loops with threads beside them, sharing the lock',
    assumptions: [
      ARRIVALS,
      PARTS,
      ORDER,
      'The loop takes turns at the lock with the threads of its process as one of them, and gives way after each burst; whoever holds the lock gives way after 5 ms.',
      'What runs in threads waits in the line of the loop to be handed to them, and again to be answered.',
    ],
    validity: 'no limit on connections that binds, no line for database connections',
    sources: [
      'Kleinrock 1967 (processor sharing with weights), as a Markov chain of the bursts at the loop and the threads that want the lock, solved by block elimination',
      LOOPS,
      FES,
    ],
  },
};
