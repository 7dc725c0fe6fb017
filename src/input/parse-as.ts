import { UsageError } from '../host/errors.js';
import { type OptionType, ValueError } from './option.js';

/** Parses one text; `where` (`--cores`, `WCALC_CORES`, `wcalc.yaml:3`) begins the message of a {@link UsageError} when it is wrong. */
export function parseAs<T>(type: OptionType<T>, where: string, text: string): T {
  try {
    return type.parse(text);
  } catch (error) {
    throw error instanceof ValueError ? new UsageError(`${where}: ${error.message}`) : error;
  }
}
