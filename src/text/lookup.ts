/**
 * The entry of a table under a name that came from outside, if it has one of its own: every object also answers to
 * `constructor` and `toString`, which are no entries.
 */
export const lookUp = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
