import { scalarText } from '../../files/reading.js';
import type { Violation } from '../../servers/rule.js';
import { countOf } from '../../servers/settings/setting-value.js';
import type { Rule } from '../rule.js';

export const invalidSetting: Rule = {
  severity: 'error',
  title: 'a value that the server refuses',
  summary: 'a setting has a value that the server does not accept, or an option does not exist',
  why: 'The server does not start. A division in a configuration file is the usual cause: cpu_count() / 2 is not a whole number in Python 3.',
  fix: 'Give a whole number of 0 or more; in Python divide with // instead of /.',
  source: 'gunicorn/config.py: validate_pos_int; argparse',
  check({ deployment }) {
    const { server } = deployment;
    const isCount = (name: string): boolean => server.commandLine.settings[name]?.kind === 'count';
    const violations: Violation[] = deployment.unknownFlags.map(({ flag, at }) => ({
      at,
      message: `${server.title} has no option ${flag.slice(0, 40)}`,
      fix: `see ${server.name} --help for the options there are`,
      numbers: { option: flag.slice(0, 40) },
    }));
    for (const [name, { reading, layer }] of deployment.settings) {
      if (layer === 'WEB_CONCURRENCY' || !isCount(name) || !reading.known) continue;
      if (countOf(reading.value, layer) !== null) continue;
      const text = scalarText(reading.value).slice(0, 40);
      const shown = typeof reading.value === 'string' ? `"${text}"` : text;
      violations.push({
        at: reading.at,
        message: `${name} is ${shown}, and ${server.title} accepts a whole number of 0 or more`,
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
