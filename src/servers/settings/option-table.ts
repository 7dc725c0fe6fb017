import type { CommandLine, SettingSpec } from './command-line.js';

/** Options by how their values are read: names without dashes, divided by blanks; a short form after a comma. */
interface OptionWords {
  readonly count?: string;
  readonly text?: string;
  /** `--name`. */
  readonly switch?: string;
  /** `--name` and `--no-name`. */
  readonly toggle?: string;
}

/** A table of settings named as their options are, with underscores: `workers,w` gives `workers` by `--workers` and `-w`. */
export function optionTable(words: OptionWords): Readonly<Record<string, SettingSpec>> {
  const rows = (Object.entries(words) as [keyof OptionWords, string][]).flatMap(([kind, names]) =>
    names.split(/\s+/).map((name) => specOf(kind, name)),
  );
  return Object.fromEntries(rows);
}

function specOf(kind: keyof OptionWords, written: string): readonly [string, SettingSpec] {
  const [name = '', short] = written.split(',');
  const flags = [`--${name}`, ...(short ? [`-${short}`] : [])];
  const setting = name.replaceAll('-', '_');
  if (kind === 'count' || kind === 'text') return [setting, { kind, flags, argument: 'one' }];
  const off = kind === 'toggle' ? [`--no-${name}`] : [];
  return [setting, { kind: 'switch', flags: [...flags, ...off], argument: 'none', off }];
}

/** A command line whose table is made when it is first read: most runs read none, and a table has hundreds of options. */
export function commandLineOf(
  tableOf: () => CommandLine['settings'],
  rest: Omit<CommandLine, 'settings'>,
): CommandLine {
  let table: CommandLine['settings'] | undefined;
  return {
    ...rest,
    get settings() {
      table ??= tableOf();
      return table;
    },
  };
}
