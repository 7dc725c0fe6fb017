import { argumentLine } from '../../servers/gunicorn/start.js';
import { yamlText } from '../../text/quote/yaml.js';
import { resources } from './kubernetes.js';
import type { Target } from './target.js';

/** Helm values by the names that `helm create` charts use. */
export const helmValues = (target: Target): string =>
  yamlText(target.head, {
    replicaCount: target.replicas,
    env: [{ name: 'GUNICORN_CMD_ARGS', value: argumentLine(target.settings) }],
    resources: resources(target),
  });
