/** What a formula may use: an allow-list by construction. Anything else that mathjs can parse is refused. */
export const FUNCTIONS = [
  'min',
  'max',
  'floor',
  'ceil',
  'round',
  'abs',
  'sqrt',
  'exp',
  'log',
  'log2',
  'log10',
] as const;

/** mathjs's names of the operators + − * / ^ %, comparisons, and, or and not. */
export const OPERATORS: ReadonlySet<string> = new Set([
  'add',
  'subtract',
  'multiply',
  'divide',
  'pow',
  'mod',
  'unaryMinus',
  'unaryPlus',
  'smaller',
  'smallerEq',
  'larger',
  'largerEq',
  'equal',
  'unequal',
  'and',
  'or',
  'not',
]);

/** Variables by name, with the option that gives each and what it holds. */
export const VARIABLES = {
  cores: { option: 'cores', holds: 'cores, may be fractional' },
  memory: { option: 'mem', holds: 'memory, MiB' },
  perWorker: { option: 'perWorker', holds: 'memory of one worker, MiB' },
  shared: { option: 'shared', holds: 'memory that all workers share, MiB' },
  perThread: { option: 'perThread', holds: 'memory of a busy thread, MiB' },
  master: { option: 'master', holds: 'memory of the arbiter, MiB' },
  reserve: { option: 'reserve', holds: 'memory kept free, MiB' },
  ioRatio: { option: 'ioRatio', holds: 'share of a request spent waiting, 0 to 1' },
  serviceTime: { option: 'serviceTime', holds: 'time of one request, ms' },
  cpuTime: { option: 'cpuTime', holds: 'CPU time of one request, ms' },
  ioTime: { option: 'ioTime', holds: 'waiting of one request, ms' },
  rate: { option: 'rate', holds: 'requests per second of one replica' },
  load: { option: 'rate', holds: 'rate × service time of one replica, erlangs' },
  threads: { option: 'threads', holds: 'threads per worker, 1 unless given' },
  replicas: { option: 'replicas', holds: 'copies of the server' },
} as const;

export type VariableName = keyof typeof VARIABLES;

/** Values of the variables; null where the user has not given what it needs. */
export type Variables = Readonly<Record<VariableName, number | null>>;

export const MAX_LENGTH = 200;
export const MAX_DEPTH = 40;
