import type { Option } from '../../../input/option.js';
import { machineOptions } from '../../../input/options/machine.js';
import { requestOptions } from '../../../input/options/request.js';
import { serverOptions } from '../../../input/options/server.js';
import type { OptionName } from '../../../input/options.js';
import { grouped } from '../../../text/lookup.js';
import { flagOf } from '../../../text/names.js';

/** One input of the form, as the option table has it. */
export interface Field {
  readonly name: OptionName;
  readonly flag: string;
  readonly option: Option<unknown>;
}

/** Inputs that are seen at once; the others are folded by their group. */
const FIRST: ReadonlySet<string> = new Set(['cores', 'mem', 'perWorker']);

const { formula: _, ...server } = serverOptions;

/** Every input of a plan, in the order of the help. Formulas are left out: they need mathjs. */
export const FIELDS: readonly Field[] = Object.entries({
  ...machineOptions,
  ...requestOptions,
  ...server,
}).map(([name, option]) => ({ name: name as OptionName, flag: flagOf(name as OptionName), option }));

export const FIRST_FIELDS: readonly Field[] = FIELDS.filter(({ name }) => FIRST.has(name));

/** The other inputs by group. */
export const foldedFields = (): ReadonlyMap<string, readonly Field[]> =>
  grouped(
    FIELDS.filter(({ name }) => !FIRST.has(name)),
    ({ option }) => option.group,
  );
