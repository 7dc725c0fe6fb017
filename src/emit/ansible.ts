import { argumentLine } from './arguments.js';
import type { Target } from './target.js';
import { yamlText } from './yaml-text.js';

/** Ansible variables: every setting as `gunicorn_NAME`, and all of them as one argument line. */
export const ansibleVariables = ({ settings, head }: Target): string =>
  yamlText(head, {
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`gunicorn_${name}`, value])),
    gunicorn_cmd_args: argumentLine(settings),
  });
