import { scalarText } from '../../../files/reading.js';
import type { ServerRule, Violation } from '../../rule.js';
import { countOf } from '../../setting-value.js';
import { GUNICORN_LINE } from '../command-line.js';

export const invalidSetting: ServerRule = {
  severity: 'error',
  title: 'a value that Gunicorn refuses',
  summary: 'a setting has a value that Gunicorn does not accept, or an option does not exist',
  why: 'Gunicorn does not start. A division in a configuration file is the usual cause: cpu_count() / 2 is not a whole number in Python 3.',
  fix: 'Give a whole number of 0 or more; in Python divide with // instead of /.',
  source: 'gunicorn/config.py: validate_pos_int; argparse',
  check({ deployment }) {
    const violations: Violation[] = deployment.unknownFlags.map(({ flag, at }) => ({
      at,
      message: `Gunicorn has no option ${flag.slice(0, 40)}`,
      fix: 'see gunicorn --help for the options there are',
      numbers: { option: flag.slice(0, 40) },
    }));
    for (const [name, { reading, layer }] of deployment.settings) {
      if (layer === 'WEB_CONCURRENCY' || !isCount(name) || !reading.known) continue;
      if (countOf(reading.value, layer) !== null) continue;
      const text = scalarText(reading.value).slice(0, 40);
      const shown = typeof reading.value === 'string' ? `"${text}"` : text;
      violations.push({
        at: reading.at,
        message: `${name} is ${shown}, and Gunicorn accepts a whole number of 0 or more`,
        fix:
          reading.value !== null && typeof reading.value === 'object'
            ? 'make it a whole number, as with // or int()'
            : 'give a whole number',
        numbers: { setting: name, value: text },
      });
    }
    return violations;
  },
};

const isCount = (name: string): boolean => GUNICORN_LINE.settings[name]?.kind === 'count';
