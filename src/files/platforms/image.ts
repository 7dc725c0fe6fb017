import { type CommandText, type CommandWord, placedCommands, plainWord } from '../shell/command-text.js';
import { baseName, directoryOf, joinPath } from '../text-file.js';
import type { ServiceReading } from './service.js';

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
  const name = (service.image ?? '').replace(/[@:][^/]*$/, '');
  if (OTHER_IMAGES.test(name)) return null;
  if (dockerfiles.length === 1) return dockerfiles[0]!;
  const alike = dockerfiles.filter(
    ({ file }) => name !== '' && baseName(directoryOf(file)) === baseName(name),
  );
  return alike.length === 1 ? alike[0]! : null;
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

/** The script of the project that one of the words names, also under the name that the image gives it. */
export function scriptAmong(
  words: readonly string[],
  scripts: readonly ServiceReading[],
  image: ServiceReading | null,
): ServiceReading | null {
  const names = new Set(words.map(baseName));
  for (const { from, to } of image?.renames ?? []) if (names.has(to)) names.add(from);
  return scripts.find(({ file }) => names.has(baseName(file))) ?? null;
}
