import { yamlText } from '../yaml.js';
import { containerCommand, resources, variables } from './kubernetes.js';
import type { Target } from './target.js';

/** Helm values by the names that `helm create` charts use; `command` where the server reads no variables. */
export const helmValues = (target: Target): string => yamlText(target.head, helmObject(target));

/** Helm values as plain data, for {@link helmValues}. */
export const helmObject = (target: Target): object => ({
  replicaCount: target.replicas,
  ...(target.environment ? { env: variables(target.environment) } : { command: containerCommand(target) }),
  resources: resources(target),
});
