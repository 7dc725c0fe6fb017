import type { OptionName } from '../options.js';
import { outputOptions } from './output.js';
import { serverOptions } from './server.js';

type Table<K extends OptionName> = Readonly<Partial<Record<K, unknown>>>;

/** The names of all options in these tables, in their order. */
export const namesOf = <K extends OptionName>(...tables: readonly Table<K>[]): OptionName[] =>
  tables.flatMap((table) => Object.keys(table) as OptionName[]);

/** The options of output that a command takes, in the order of their table. */
export const fromOutput = (...wanted: readonly (keyof typeof outputOptions)[]): Table<OptionName> =>
  Object.fromEntries(Object.entries(outputOptions).filter(([name]) => wanted.some((one) => one === name)));

/** The options of the server that a command takes, in the order given. */
export const fromServer = (...wanted: readonly (keyof typeof serverOptions)[]): Table<OptionName> =>
  Object.fromEntries(wanted.map((name) => [name, serverOptions[name]]));

/** How any answer is printed. */
export const PRINTED = ['json', 'format', 'output', 'color', 'width'] as const;
