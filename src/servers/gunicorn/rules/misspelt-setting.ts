import { distance } from 'fastest-levenshtein';
import type { ServerRule } from '../../rule.js';
import { settingOfFlag } from '../../settings/command-line.js';
import { GUNICORN_LINE } from '../command-line.js';

export const misspeltSetting: ServerRule = {
  severity: 'warning',
  title: 'a name that Gunicorn ignores',
  summary: 'a name in the configuration file is almost, but not quite, a setting',
  why: 'Gunicorn ignores names that it does not know, without a word, so the setting keeps its default.',
  fix: 'Write the name of the setting.',
  source: 'gunicorn/app/base.py: "Ignore unknown names"',
  check({ deployment }) {
    return deployment.ignoredNames.flatMap(({ name, at }) => {
      const meant = meantBy(name);
      if (!meant || deployment.settings.has(meant)) return [];
      return {
        at,
        message: `Gunicorn ignores ${name}; the setting is ${meant}`,
        fix: `write ${meant}`,
        numbers: { name, meant },
      };
    });
  },
};

const SHORTEST = 6;
const LONGEST = 40;
const NAMES = Object.keys(GUNICORN_LINE.settings).filter((name) => name.length >= SHORTEST);

/** A setting by the name of its option (`preload`, `keep_alive`), or one slip away. */
function meantBy(name: string): string | undefined {
  if (name.length < SHORTEST || name.length > LONGEST) return undefined;
  const option = `--${name.replaceAll('_', '-')}`;
  const ofOption = settingOfFlag(GUNICORN_LINE, option);
  const isWhole = ofOption !== undefined && GUNICORN_LINE.settings[ofOption]?.flags.includes(option);
  return isWhole ? ofOption : NAMES.find((known) => distance(known, name) === 1);
}
