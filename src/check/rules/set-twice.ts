import { scalarText } from '../../files/reading.js';
import { FILE_LAYER, type Layer, LINE_LAYER } from '../../servers/deployments/deployment.js';
import type { Rule } from '../rule.js';

const WATCHED = ['workers', 'threads', 'worker_class'];

const where = (layer: Layer): string =>
  layer === LINE_LAYER ? `on the ${layer}` : layer === FILE_LAYER ? `in the ${layer}` : `in ${layer}`;

export const setTwice: Rule = {
  severity: 'warning',
  title: 'set in two places with different values',
  summary: 'workers, threads or the worker class have different values in two places',
  why: 'One of them silently wins: the command line over GUNICORN_CMD_ARGS over the configuration file, and WEB_CONCURRENCY is only the default of workers. Whoever changes the other place changes nothing.',
  fix: 'Keep the value in one place.',
  source: 'gunicorn docs/content/configure.md: order of precedence',
  check({ deployment }) {
    return WATCHED.flatMap((name) => {
      const effective = deployment.settings.get(name);
      if (!effective?.reading.known) return [];
      const { value } = effective.reading;
      return effective.overridden.flatMap(({ reading, layer }) =>
        reading.known && scalarText(reading.value) !== scalarText(value)
          ? [
              {
                at: reading.at,
                message: `${name} = ${scalarText(reading.value)} ${where(layer)} has no effect: ${scalarText(value)} ${where(effective.layer)} (${effective.reading.at.file}:${effective.reading.at.line}) wins`,
                fix: `remove one of the two`,
                numbers: { setting: name, overridden: scalarText(reading.value), inForce: scalarText(value) },
              },
            ]
          : [],
      );
    });
  },
};
