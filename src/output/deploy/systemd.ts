import { argumentLine } from '../../servers/gunicorn/start.js';
import { hashComment } from '../../text/quote/comment.js';
import { type Target, wholeMiB } from './target.js';

/** A drop-in for `/etc/systemd/system/NAME.service.d/10-wcalc.conf`: settings through the environment, and the limits planned for. */
export function systemdDropIn({ settings, cores, memoryMiB, head }: Target): string {
  const lines = [
    hashComment(head),
    '[Service]',
    `Environment=${unitWord(`WEB_CONCURRENCY=${settings.workers}`)}`,
    `Environment=${unitWord(`GUNICORN_CMD_ARGS=${argumentLine(settings)}`)}`,
    `CPUQuota=${Math.ceil(cores * 100)}%`,
  ];
  if (memoryMiB !== null) lines.push(`MemoryMax=${wholeMiB(memoryMiB)}M`);
  return lines.join('\n');
}

/** A word as unit files quote it (systemd.syntax): `%` begins a specifier, backslash and quote are escaped. */
function unitWord(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;
}
