import { UsageError } from '../../host/errors.js';
import { type OptionType, parseAs } from '../../input/option.js';
import { RESULT_NAMES } from '../../input/options/result-names.js';
import { count, duration, memory, rate, share } from '../../input/types.js';
import { didYouMean } from '../../text/suggest.js';
import type { Base } from './evaluate.js';
import { RESULTS, type Result } from './result.js';
import { type Bracket, solve } from './solve.js';
import type { Found } from './types.js';
import { type VariableName, variableName } from './vary.js';

export interface FindQuestion {
  readonly text: string;
  readonly input: VariableName;
  readonly result: Result;
  readonly limit: number;
}

const FORM = "'INPUT where RESULT=VALUE', such as 'rate where p95=250ms'";

/** Parses `rate where p95=250ms`; `<`, `<=`, `>` and `>=` mean the same as `=`: the furthest value that keeps it. */
export function parseFind(text: string): FindQuestion {
  const match = /^\s*([\w-]+)\s+where\s+([\w-]+)\s*(?:=|<=?|>=?)\s*(\S+)\s*$/.exec(text);
  if (!match) throw new UsageError(`--find: "${text}" is not of the form ${FORM}`);
  const [, input, result, value] = match as unknown as [string, string, string, string];
  const found = resultOf(result, '--find');
  return {
    text: text.trim(),
    input: variableName(input, '--find'),
    result: found,
    limit: limitOf(found, value),
  };
}

/** A result by its name. */
function resultOf(name: string, where: string): Result {
  const found = RESULT_NAMES.find((known) => known === name);
  if (!found)
    throw new UsageError(
      `${where}: "${name}" is not a result${didYouMean(name, RESULT_NAMES)}; accepted: ${RESULT_NAMES.join(', ')}`,
    );
  return RESULTS[found];
}

/** A value of a result in the result's unit. */
function limitOf({ name, unit }: Result, text: string): number {
  const read = (type: OptionType<number>): number => parseAs(type, `--find ${name}`, text);
  switch (unit) {
    case 'ms':
      return read(duration);
    case '%':
      return read(share) * 100;
    case 'req/s':
      return read(rate);
    case 'MiB':
      return read(memory);
    default:
      return read(count());
  }
}

/** Answers a question by bisection over all that the input may be. */
export function find(base: Base, { text, input, result, limit }: FindQuestion): Found {
  const curve = (x: number) => result.of(base.measure({ [input]: x }));
  const solution = solve(curve, limit, result.lessIsBetter, bracketOf(base, input));
  const common = { question: text, input, result: result.name, limit };
  if (solution.kind !== 'found')
    return {
      ...common,
      value: null,
      resultThere: null,
      holds: solution.kind === 'always' ? 'everywhere' : 'nowhere',
    };
  const { low } = bracketOf(base, input);
  const holdsBelow = keeps(result, curve(low), limit);
  return { ...common, value: solution.x, resultThere: solution.y, holds: holdsBelow ? 'up to' : 'from' };
}

const keeps = (result: Result, value: number | null, limit: number): boolean =>
  value !== null && (result.lessIsBetter ? value <= limit : value >= limit);

const MOST_PROCESSES = 4096;
const WIDE = 1e4;

/** All values of an input worth trying. */
function bracketOf(base: Base, input: VariableName): Bracket {
  switch (input) {
    case 'workers':
    case 'threads':
    case 'workerConnections':
    case 'backlog':
    case 'replicas':
    case 'ioCalls':
      return { low: 1, high: MOST_PROCESSES, whole: true };
    case 'rate': {
      // The rate is that of all replicas, the capacity that of one.
      const most = base.configuration.prediction.capacityPerSecond * Number(base.plan.inputs.replicas);
      return { low: most * 1e-6, high: most * 1.01, whole: false };
    }
    case 'ioRatio':
      return { low: 0, high: 0.9999, whole: false };
    case 'cv':
    case 'cpuCv':
    case 'ioCv':
      return { low: 0, high: 20, whole: false };
    default: {
      const now = currentValue(base, input) || 1;
      return { low: now / WIDE, high: now * WIDE, whole: false };
    }
  }
}

/** What an input is in the plan that the sweep starts from; null where it is not known. */
export function currentValue({ plan, configuration }: Base, input: VariableName): number | null {
  if (input === 'workers' || input === 'threads') return configuration[input];
  const value = plan.inputs[INPUT_KEYS[input] ?? input];
  return typeof value === 'number' ? value : null;
}

/** Keys of `inputs` that differ from the option's name. */
const INPUT_KEYS: Partial<Record<VariableName, string>> = {
  mem: 'memoryMiB',
  perWorker: 'perWorkerMiB',
  shared: 'sharedMiB',
  perThread: 'perThreadMiB',
  master: 'masterMiB',
  serviceTime: 'serviceTimeMs',
  cpuTime: 'cpuTimeMs',
  ioTime: 'ioTimeMs',
  overhead: 'overheadMs',
  rate: 'ratePerSecond',
};

export const inputKey = (input: VariableName): string => INPUT_KEYS[input] ?? input;
