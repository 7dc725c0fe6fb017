import { argumentLine } from '../../servers/gunicorn/start.js';
import { yamlText } from '../../text/quote/yaml.js';
import { graceSeconds, type Target, wholeMiB } from './target.js';

/** A Compose override for a service named `web`: its environment and its limits. */
export function composeOverride({ settings, cores, memoryMiB, replicas, head }: Target): string {
  const limits = { cpus: String(cores), ...(memoryMiB !== null && { memory: `${wholeMiB(memoryMiB)}M` }) };
  return yamlText(head, {
    services: {
      web: {
        stop_grace_period: `${graceSeconds(settings)}s`,
        environment: { WEB_CONCURRENCY: String(settings.workers), GUNICORN_CMD_ARGS: argumentLine(settings) },
        deploy: { ...(replicas > 1 && { replicas }), resources: { limits } },
      },
    },
  });
}
