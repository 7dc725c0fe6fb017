import { SourceError } from '../host/errors.js';

/** More than any project has; a file with more is a mistake or an attack, and would take long to follow. */
export const MOST_SERVICES = 1000;
export const MOST_VARIABLES = 5000;

/** Throws a {@link SourceError} where a file holds more of something than is followed. */
export function refuseMany(file: string, count: number, most: number, what: string): void {
  if (count > most) throw new SourceError(`${file}: has more than ${most} ${what}, which are not read`);
}
