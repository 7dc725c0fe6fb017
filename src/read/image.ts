import { type CommandText, type CommandWord, placedCommands, plainWord } from './command-text.js';
import type { ServiceReading } from './service.js';
import { baseName, directoryOf, joinPath } from './source.js';

/** Images that do not run the project's own Python. */
const OTHER_IMAGES =
  /(^|\/)(nginx|redis|postgres|postgis|mysql|mariadb|mongo|memcached|rabbitmq|traefik|caddy|haproxy|envoy|busybox|alpine|elasticsearch|kafka|minio|vault|mailhog|grafana|prometheus|cloud-sql-proxy)[^/]*$/;

/** The Dockerfile that makes a service's image: the one it names, or the only one there is. */
export function imageOf(
  service: ServiceReading,
  dockerfiles: readonly ServiceReading[],
): ServiceReading | null {
  if (service.platform !== 'compose' && service.platform !== 'kubernetes') return null;
  if (service.build) {
    const { directory, dockerfile } = service.build;
    const path = joinPath(directory, dockerfile ?? 'Dockerfile');
    const named = dockerfiles.find(({ file }) => file === path);
    return (
      named ?? dockerfiles.find(({ file }) => dockerfile === null && directoryOf(file) === directory) ?? null
    );
  }
  if (service.entrypoint || dockerfiles.length !== 1) return null;
  const name = (service.image ?? '').replace(/[@:][^/]*$/, '');
  return OTHER_IMAGES.test(name) ? null : dockerfiles[0]!;
}

/** What runs in the end: entry point and command of the service over those of its image. */
export function wholeCommand(service: ServiceReading, image: ServiceReading | null): CommandText | null {
  const entrypoint = service.entrypoint ?? image?.entrypoint ?? null;
  const command = service.command ?? (service.entrypoint ? null : (image?.command ?? null));
  if (!entrypoint) return command;
  if (!command || (entrypoint.kind === 'line' && entrypoint.isShell)) return entrypoint;
  const head = wordsOf(entrypoint);
  const tail = wordsOf(command);
  return head && tail ? { kind: 'words', words: [...head, ...tail] } : entrypoint;
}

function wordsOf(command: CommandText): readonly CommandWord[] | undefined {
  if (command.kind === 'words') return command.words;
  if (command.isShell) {
    const { text, place } = command;
    return [plainWord('/bin/sh', place), plainWord('-c', place), plainWord(text, place)];
  }
  return placedCommands(command)?.[0]?.words;
}

/** Whether a program is the script of that file. */
export const isScript = (program: string, file: string): boolean => baseName(program) === baseName(file);
