import { UsageError } from '../host/errors.js';
import { type OptionType, ValueError } from './option.js';

/** Parses one text; `where` (`--cores`, `WCALC_CORES`, `wcalc.yaml:3`) begins the message of a {@link UsageError} when it is wrong. */
export const parseAs = <T>(type: OptionType<T>, where: string, text: string): T =>
  orUsageError(where, () => type.parse(text));

/** The same of any reading that throws a {@link ValueError} where something is wrong. */
export function orUsageError<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ValueError ? new UsageError(`${where}: ${error.message}`) : error;
  }
}
