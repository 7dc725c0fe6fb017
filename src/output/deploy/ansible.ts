import { yamlText } from '../yaml.js';
import { shellLine, type Target } from './target.js';

/** Ansible variables: every setting as `SERVER_NAME`, and all of them as one argument line. */
export const ansibleVariables = ({ server, settings, words, head }: Target): string =>
  yamlText(head, {
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${server}_${name}`, value])),
    [`${server}_cmd_args`]: shellLine(words),
  });
