import { yamlText } from '../yaml.js';
import {
  commandInContainer,
  graceSeconds,
  type Target,
  wholeMiB,
  wholeParts,
  withoutReferences,
  wordsInContainer,
} from './target.js';

const NAME = 'web';

/** A Deployment whose container has the planned arguments, environment and resources. Probes are the application's own. */
export const kubernetesDeployment = (target: Target): string =>
  yamlText(
    [...target.head, 'Replace the image, the name and app:app by your own; add your probes.'],
    deploymentObject(target),
  );

/** A Deployment as plain data, for {@link kubernetesDeployment}. */
export function deploymentObject(target: Target) {
  const { program, replicas } = target;
  const labels = { app: NAME };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: graceSeconds(target),
          containers: [
            {
              name: NAME,
              image: 'example.com/web:latest',
              command: [withoutReferences(program)],
              args: wordsInContainer(target).map(withoutReferences),
              resources: resources(target),
            },
          ],
        },
      },
    },
  };
}

/** A strategic-merge patch for a Deployment with a container `web`: resources and environment, or the command where the server reads none. */
export function kubernetesPatch(target: Target): string {
  const { environment, replicas, head } = target;
  const settings = environment ? { env: variables(environment) } : { command: containerCommand(target) };
  return yamlText([...head, 'kubectl patch deployment web --patch-file FILE'], {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME },
    spec: {
      ...(replicas > 1 && { replicas }),
      template: {
        spec: {
          terminationGracePeriodSeconds: graceSeconds(target),
          containers: [{ name: NAME, ...settings, resources: resources(target) }],
        },
      },
    },
  });
}

/** Variables as a container takes them. */
export const variables = (environment: Readonly<Record<string, string>>): object[] =>
  Object.entries(environment).map(([name, value]) => ({ name, value: withoutReferences(value) }));

/** The whole command as a container takes it. */
export const containerCommand = (target: Target): readonly string[] =>
  commandInContainer(target).map(withoutReferences);

/** The `resources` of a container that is to have just what was planned for. */
export function resources({ cores, memoryMiB }: Target): object {
  const planned = {
    cpu: Number.isInteger(cores) ? String(cores) : `${wholeParts(cores, 1000)}m`,
    ...(memoryMiB !== null && { memory: `${wholeMiB(memoryMiB)}Mi` }),
  };
  return { requests: planned, limits: { ...planned } };
}
