import { distance } from 'fastest-levenshtein';
import { GUNICORN_SETTINGS } from '../../read/gunicorn-settings.js';
import type { Rule } from '../rule.js';

const NAMES = Object.keys(GUNICORN_SETTINGS).filter((name) => name.length >= 6);

export const misspeltSetting: Rule = {
  severity: 'warning',
  title: 'a name that Gunicorn ignores',
  summary: 'a name in the configuration file is almost, but not quite, a setting',
  why: 'Gunicorn ignores names that it does not know, without a word, so the setting keeps its default.',
  fix: 'Write the name of the setting.',
  source: 'gunicorn/app/base.py: "Ignore unknown names"',
  check({ deployment }) {
    return deployment.ignoredNames.flatMap(({ name, at }) => {
      const meant = NAMES.find(
        (known) => distance(known, name) === 1 && !deployment.settings.has(known as never),
      );
      return meant
        ? [
            {
              at,
              message: `Gunicorn ignores ${name}; the setting is ${meant}`,
              fix: `write ${meant}`,
              numbers: { name, meant },
            },
          ]
        : [];
    });
  },
};
