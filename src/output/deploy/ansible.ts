import { argumentLine } from '../../servers/gunicorn/start.js';
import { yamlText } from '../../text/quote/yaml.js';
import type { Target } from './target.js';

/** Ansible variables: every setting as `gunicorn_NAME`, and all of them as one argument line. */
export const ansibleVariables = ({ settings, head }: Target): string =>
  yamlText(head, {
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`gunicorn_${name}`, value])),
    gunicorn_cmd_args: argumentLine(settings),
  });
