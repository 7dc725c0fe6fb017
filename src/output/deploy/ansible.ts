import { Scalar } from 'yaml';
import { yamlText } from '../yaml.js';
import { shellLine, type Target } from './target.js';

/** Ansible variables: every setting as `SERVER_NAME`, and all of them as one argument line. */
export const ansibleVariables = ({ server, settings, words, head }: Target): string =>
  yamlText(head, {
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`${server}_${name}`, literal(value)]),
    ),
    [`${server}_cmd_args`]: literal(shellLine(words)),
  });

/** What Jinja would take for a template is marked as none (playbooks_advanced_syntax, unsafe strings). */
function literal(value: Target['settings'][string]): unknown {
  if (!/\{[{%#]/.test(String(value))) return value;
  return Object.assign(new Scalar(value), { tag: '!unsafe', type: Scalar.QUOTE_DOUBLE });
}
