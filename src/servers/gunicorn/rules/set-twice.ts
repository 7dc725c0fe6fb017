import type { Rule } from '../../../check/rule.js';
import { scalarText } from '../../../files/reading.js';
import type { Layer } from '../../deployments/deployment.js';
import type { SettingName } from '../read-settings.js';

const WATCHED = ['workers', 'threads', 'worker_class'] as const satisfies readonly SettingName[];

const WHERE: Readonly<Record<Layer, string>> = {
  WEB_CONCURRENCY: 'in WEB_CONCURRENCY',
  'configuration file': 'in the configuration file',
  GUNICORN_CMD_ARGS: 'in GUNICORN_CMD_ARGS',
  'command line': 'on the command line',
};

export const setTwice: Rule = {
  severity: 'warning',
  title: 'set in two places with different values',
  summary: 'workers, threads or the worker class have different values in two places',
  why: 'One of them silently wins: the command line over GUNICORN_CMD_ARGS over the configuration file, and WEB_CONCURRENCY is only the default of workers. Whoever changes the other place changes nothing.',
  fix: 'Keep the value in one place.',
  source: 'gunicorn docs/content/configure.md: order of precedence',
  check({ setting }) {
    return WATCHED.flatMap((name) => {
      const effective = setting(name);
      if (!effective?.reading.known) return [];
      const { value } = effective.reading;
      return effective.overridden.flatMap(({ reading, layer }) =>
        reading.known && scalarText(reading.value) !== scalarText(value)
          ? [
              {
                at: reading.at,
                message: `${name} = ${scalarText(reading.value)} ${WHERE[layer]} has no effect: ${scalarText(value)} ${WHERE[effective.layer]} (${effective.reading.at.file}:${effective.reading.at.line}) wins`,
                fix: `remove one of the two`,
                numbers: { setting: name, overridden: scalarText(reading.value), inForce: scalarText(value) },
              },
            ]
          : [],
      );
    });
  },
};
