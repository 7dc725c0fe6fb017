import { findFile, type Load } from '../find-file.js';
import { type CommandText, type CommandWord, placedCommands, plainWord } from '../shell/command-text.js';
import { baseName, directoryOf, joinPath, type Source } from '../text-file.js';
import type { ServiceReading } from './service.js';

/** Images that do not run the project's own Python. */
const OTHER_IMAGES =
  /(^|\/)(nginx|redis|postgres|postgis|mysql|mariadb|mongo|memcached|rabbitmq|traefik|caddy|haproxy|envoy|busybox|alpine|elasticsearch|kafka|minio|vault|mailhog|grafana|prometheus|cloud-sql-proxy)[^/]*$/;

/** Platforms that run what an image starts. */
const IN_IMAGES: ReadonlySet<string> = new Set(['compose', 'kubernetes', 'ecs', 'fly', 'render']);

/** The Dockerfile that makes the image of a service that names none: the only one there is, or one of the same name. */
export function imageOf(
  service: ServiceReading,
  dockerfiles: readonly ServiceReading[],
): ServiceReading | null {
  if (!IN_IMAGES.has(service.platform) || (service.build && service.platform === 'compose')) return null;
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

/**
 * Finds the file of the project that a path of the running system means: one that was given, or one beside the files
 * that start the service, also under the name that its image gives it.
 */
export function scriptFinder(
  service: ServiceReading,
  image: ServiceReading | null,
  given: readonly Source[],
  load: Load,
): (path: string) => Source | null {
  const own = image ?? service;
  const context = service.build?.directory ?? directoryOf(own.file);
  return (path) => {
    const name = baseName(path);
    for (const { from, to } of own.renames) {
      if (to !== name) continue;
      const copied = findFile(from, own.file, given, () => null) ?? load(joinPath(context, from));
      if (copied) return copied;
    }
    return (
      findFile(path, own.file, given, load) ??
      (image ? findFile(path, service.file, given, load) : null) ??
      findFile(path, joinPath(context, 'Dockerfile'), given, load)
    );
  };
}
