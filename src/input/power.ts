import { UsageError } from '../host/errors.js';
import { flagOf } from '../text/names.js';
import type { Power } from './option.js';
import type { OptionName } from './options.js';
import { optionOf } from './value.js';

/** A source of values other than the command line and a file that the command line names. */
type Bystander = 'found' | 'environment' | 'profile';

const DOES: Readonly<Record<Power, string>> = {
  writes: 'it writes a file',
  reads: 'it reads a file',
  reaches: 'it asks a server or reads a file',
  accepts: 'it changes what a check accepts',
  computes: 'it is a formula that is evaluated',
};

/**
 * Refuses a value that can do more than describe a system where nobody gave it on purpose: a file that was merely come
 * across, an environment that a project's `.env` may have filled, a profile. Throws a {@link UsageError} that says what
 * the option would do.
 */
export function refusePower(name: OptionName, value: unknown, where: string, from: Bystander): void {
  const power = powerOf(name, value);
  if (power === undefined) return;
  throw new UsageError(
    `${where} is refused here, since ${DOES[power]}: give ${flagOf(name)} on the command line${OR[from]}`,
  );
}

const OR: Readonly<Record<Bystander, string>> = {
  found: ', or name this file with --config',
  environment: ', or in a file named with --config',
  profile: '',
};

/** What the option can do, if anything, and for a repeatable one what any of its values can. */
function powerOf(name: OptionName, value: unknown): Power | undefined {
  const { power } = optionOf(name);
  if (typeof power !== 'function') return power;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => power(one)).find((found) => found !== undefined);
}
