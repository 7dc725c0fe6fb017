import { UsageError } from '../../host/errors.js';
import type { OptionName } from '../../input/options.js';
import { parseText } from '../../input/value.js';
import { didYouMean } from '../../text/suggest.js';
import { MAX_VALUES, type Steps, valuesOf } from './steps.js';

/** One input with the values it takes in turn, in the option's own unit. */
export interface Vary {
  readonly name: VariableName;
  readonly values: readonly number[];
}

/** Inputs that are numbers of which a model can take any value. */
export const VARIABLE = [
  'cores',
  'mem',
  'perWorker',
  'shared',
  'perThread',
  'master',
  'ioRatio',
  'serviceTime',
  'cpuTime',
  'ioTime',
  'cv',
  'cpuCv',
  'ioCv',
  'overhead',
  'ioCalls',
  'rate',
  'workers',
  'threads',
  'workerConnections',
  'backlog',
  'replicas',
] as const satisfies readonly OptionName[];

export type VariableName = (typeof VARIABLE)[number];

const WHOLE: ReadonlySet<string> = new Set([
  'workers',
  'threads',
  'workerConnections',
  'backlog',
  'replicas',
  'ioCalls',
]);

const FORMS = 'NAME=LOW..HIGH, LOW..HIGH:STEP, LOW..HIGH*FACTOR, LOW..HIGH/COUNT or A,B,C';

/** Parses `rate=10..200`, `rate=10..200:10`, `rate=1..1000*2`, `cores=0.5..4/8` or `workers=1,2,4`. */
export function parseVary(text: string, where = '--vary'): Vary {
  const cut = text.indexOf('=');
  if (cut < 1) throw new UsageError(`${where}: "${text}" is not of the form ${FORMS}`);
  const name = variableName(text.slice(0, cut).trim(), where);
  const spec = text.slice(cut + 1).trim();
  const whole = WHOLE.has(name);
  const at = `${where} ${name}`;
  const range = /^(.+?)\.\.(.+?)(?:([:*])([^:*]+)|\/(\d+))?$/.exec(spec);
  if (range) {
    const [, low, high, sign, amount, count] = range;
    const from = numberOf(name, at, low!);
    const to = numberOf(name, at, high!);
    if (!(from < to)) throw new UsageError(`${at}: "${spec}" must rise, such as 10..200`);
    return {
      name,
      values: valuesOf(
        { low: from, high: to, steps: stepsOf(name, at, sign, amount, count, from), whole },
        at,
      ),
    };
  }
  const listed = spec.split(',').map((item) => numberOf(name, at, item));
  if (listed.length > MAX_VALUES)
    throw new UsageError(`${at}: lists ${listed.length} values; at most ${MAX_VALUES} are taken`);
  return { name, values: [...new Set(listed)].sort((a, b) => a - b) };
}

/** The name of an input that can be varied, written as an option or as a config key. */
export function variableName(typed: string, where: string): VariableName {
  const camel = typed.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const found = VARIABLE.find((name) => name === camel);
  if (!found)
    throw new UsageError(
      `${where}: "${typed}" is not an input that can vary${didYouMean(camel, VARIABLE)}; accepted: ${VARIABLE.join(', ')}`,
    );
  return found;
}

/** A value of an input as its option reads it. */
export function numberOf(name: VariableName, where: string, text: string): number {
  return Number(parseText(name, where, text.trim()));
}

function stepsOf(
  name: VariableName,
  at: string,
  sign: string | undefined,
  amount: string | undefined,
  count: string | undefined,
  low: number,
): Steps | null {
  if (count !== undefined) {
    if (Number(count) < 2) throw new UsageError(`${at}: "/${count}" must be 2 values or more`);
    return { kind: 'count', count: Number(count) };
  }
  if (sign === ':') return { kind: 'by', step: numberOf(name, at, amount!) };
  if (sign !== '*') return null;
  const factor = Number(amount);
  if (!(factor > 1) || !Number.isFinite(factor))
    throw new UsageError(`${at}: the factor "${amount}" must be above 1, such as *2`);
  if (low <= 0) throw new UsageError(`${at}: a range that grows by a factor must start above 0`);
  return { kind: 'factor', factor };
}
