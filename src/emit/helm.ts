import { argumentLine } from './arguments.js';
import { resources } from './kubernetes.js';
import type { Target } from './target.js';
import { yamlText } from './yaml-text.js';

/** Helm values by the names that `helm create` charts use. */
export const helmValues = (target: Target): string =>
  yamlText(target.head, {
    replicaCount: target.replicas,
    env: [{ name: 'GUNICORN_CMD_ARGS', value: argumentLine(target.settings) }],
    resources: resources(target),
  });
