import type { CommandLine } from '../settings/command-line.js';
import { optionTable } from '../settings/option-table.js';
import { UWSGI_LINE } from './command-line.js';
import { OPTIONAL, SWITCHES, VALUES } from './option-names.js';

const words = (names: string): string => names.trim().replace(/\s+/g, ' ');

/** The options that wcalc speaks of, among all that there are: enough to tell an option's value from a file. */
export const ALL_OPTIONS: CommandLine = {
  ...UWSGI_LINE,
  settings: {
    ...optionTable({ switch: words(SWITCHES), text: words(`${OPTIONAL} ${VALUES}`) }),
    ...UWSGI_LINE.settings,
  },
};

/** Every name that a configuration file may set, as it is written there. */
export const OPTION_NAMES: ReadonlySet<string> = new Set(
  Object.values(ALL_OPTIONS.settings).flatMap(({ flags }) => flags.map((flag) => flag.replace(/^--?/, ''))),
);
