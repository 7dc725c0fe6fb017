import type { ConfigurationFile, Reasoned } from '../server.js';
import { reasonedText, unquotedLine } from '../settings/reasoned-text.js';

/** A `uwsgi.ini`. Nothing in it can be quoted, and uWSGI fills in what stands after `%`, `$` and `@`. */
export const uwsgiIni = ({ settings, reasons, head }: Reasoned): ConfigurationFile => ({
  name: 'uwsgi.ini',
  text: reasonedText(
    {
      settings: { module: 'app:app', ...settings },
      reasons: { module: 'the application, module:variable', ...reasons },
      head,
    },
    (name, value) => {
      const option = name.replaceAll('_', '-');
      return unquotedLine(option, value, `${option} = ${value}`);
    },
    ['[uwsgi]'],
  ),
});
