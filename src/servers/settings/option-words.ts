import type { Settings } from '../server.js';

/**
 * The words that give a server these settings on its command line: an option is called as its setting, with dashes, or as
 * `names` has it. A switch that is on has no value, and one that is off no word.
 */
export function optionWords(
  settings: Settings,
  names: Readonly<Record<string, string>> = {},
): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const option = `--${names[name] ?? name.replaceAll('_', '-')}`;
    if (value === false) return [];
    return value === true ? [option] : [option, String(value)];
  });
}
