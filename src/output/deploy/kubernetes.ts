import { argumentLine, argumentWords } from '../../servers/gunicorn/start.js';
import { yamlText } from '../../text/quote/yaml.js';
import { APPLICATION, graceSeconds, type Target, wholeMiB } from './target.js';

const NAME = 'web';

/** A Deployment whose container has the planned arguments, environment and resources. Probes are the application's own. */
export function kubernetesDeployment(target: Target): string {
  const { settings, replicas, head } = target;
  const labels = { app: NAME };
  return yamlText([...head, 'Replace the image, the name and app:app by your own; add your probes.'], {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: graceSeconds(target.settings),
          containers: [
            {
              name: NAME,
              image: 'example.com/web:latest',
              command: ['gunicorn'],
              args: [...argumentWords(settings), APPLICATION],
              resources: resources(target),
            },
          ],
        },
      },
    },
  });
}

/** A strategic-merge patch for a Deployment with a container `web`: environment and resources only; its command stays. */
export function kubernetesPatch(target: Target): string {
  const { settings, replicas, head } = target;
  const env = [{ name: 'GUNICORN_CMD_ARGS', value: argumentLine(settings) }];
  return yamlText([...head, 'kubectl patch deployment web --patch-file FILE'], {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME },
    spec: {
      ...(replicas > 1 && { replicas }),
      template: {
        spec: {
          terminationGracePeriodSeconds: graceSeconds(target.settings),
          containers: [{ name: NAME, env, resources: resources(target) }],
        },
      },
    },
  });
}

/** The `resources` of a container that is to have just what was planned for. */
export function resources({ cores, memoryMiB }: Target): object {
  const planned = {
    cpu: Number.isInteger(cores) ? String(cores) : `${Math.ceil(cores * 1000)}m`,
    ...(memoryMiB !== null && { memory: `${wholeMiB(memoryMiB)}Mi` }),
  };
  return { requests: planned, limits: { ...planned } };
}
