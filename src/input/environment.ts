import { environmentNameOf } from '../text/names.js';
import { nearest } from '../text/suggest.js';
import type { Layer } from './arguments/arguments.js';
import { Complaints } from './arguments/complaints.js';
import type { CommandSpec } from './command.js';
import { OPTIONS, type OptionName } from './options.js';
import { refusePower } from './power.js';
import { optionOf, parseText } from './value.js';

export interface Environment extends Layer {
  /** Variables that look mistyped, a sentence each. */
  readonly warnings: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables of wcalc that are no options. */
const OTHERS = ['WCALC_DEBUG', 'WCALC_PROMETHEUS_TOKEN'];

/**
 * Options from the environment: `WCALC_` and the option's name in capitals. An empty variable is not set; a
 * repeatable option takes several values separated by `;`. Tools fill environments from a project's `.env`, so what could
 * do more than describe a system is refused.
 */
export function readEnvironment(spec: CommandSpec, variables: Variables): Environment {
  const present = Object.keys(variables).filter((variable) => variable.startsWith('WCALC_'));
  if (present.length === 0) return { values: {}, origins: {}, warnings: [] };
  const known = new Map(
    (Object.keys(OPTIONS) as OptionName[])
      .filter((name) => !optionOf(name).flagOnly)
      .map((name) => [environmentNameOf(name), name]),
  );
  const values: Record<string, unknown> = {};
  const origins: Record<string, Layer['origins'][OptionName]> = {};
  const warnings: string[] = [];
  const complaints = new Complaints();
  for (const variable of present) {
    const text = variables[variable];
    const name = known.get(variable);
    if (text === undefined || text === '' || OTHERS.includes(variable)) continue;
    if (name === undefined) {
      const meant = nearest(
        variable.slice('WCALC_'.length),
        [...known.keys()].map((one) => one.slice('WCALC_'.length)),
      );
      if (meant !== undefined)
        warnings.push(
          `the environment variable ${variable} is not known and ignored (did you mean WCALC_${meant}?)`,
        );
      continue;
    }
    if (!spec.options.includes(name)) continue;
    complaints.catch(() => {
      const value = valueOfVariable(name, variable, text);
      refusePower(name, value, variable, 'environment');
      values[name] = value;
      origins[name] = { source: 'environment', where: variable };
    });
  }
  complaints.throw();
  return { values, origins, warnings };
}

function valueOfVariable(name: OptionName, variable: string, text: string): unknown {
  if (!optionOf(name).repeatable) return parseText(name, variable, text);
  return text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => parseText(name, variable, part));
}
