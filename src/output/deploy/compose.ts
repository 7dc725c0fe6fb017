import { yamlText } from '../yaml.js';
import { commandInContainer, graceSeconds, type Target, wholeMiB, withoutReferences } from './target.js';

/** A Compose override for a service named `web`: its environment, or its command where the server reads none, and its limits. */
export function composeOverride(target: Target): string {
  const { environment, hints, cores, memoryMiB, replicas, head } = target;
  const variables = Object.entries({ ...hints, ...environment }).map(([name, value]) => [
    name,
    withoutReferences(value),
  ]);
  const limits = { cpus: String(cores), ...(memoryMiB !== null && { memory: `${wholeMiB(memoryMiB)}M` }) };
  return yamlText(head, {
    services: {
      web: {
        stop_grace_period: `${graceSeconds(target)}s`,
        ...(environment
          ? { environment: Object.fromEntries(variables) }
          : { command: commandInContainer(target).map(withoutReferences) }),
        deploy: { ...(replicas > 1 && { replicas }), resources: { limits } },
      },
    },
  });
}
