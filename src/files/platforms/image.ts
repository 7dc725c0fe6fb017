import { findFile, type Load } from '../find-file.js';
import { type CommandText, type CommandWord, placedCommands, plainWord } from '../shell/command-text.js';
import { baseName, directoryOf, joinPath, type Source } from '../text-file.js';
import type { ServiceReading } from './service.js';

/** Programs that many projects run beside their own from the image that their makers publish. */
const KNOWN_NAMES =
  'nginx redis redis-stack valkey keydb postgres postgresql postgis pgvector timescaledb pgbouncer pgadmin pgadmin4 adminer mysql mysql-server mariadb mongo mongodb mongo-express memcached rabbitmq traefik caddy haproxy envoy varnish busybox alpine elasticsearch opensearch kibana logstash kafka zookeeper solr neo4j clickhouse-server influxdb cassandra etcd nats minio vault consul mailhog maildev mailpit mailcatcher alertmanager otel-collector opentelemetry-collector fluentd fluent-bit keycloak localstack certbot acme-companion watchtower portainer cadvisor meilisearch typesense qdrant weaviate ollama gotenberg tika metabase dynamodb-local azurite'
    .split(' ')
    .join('|');
const KNOWN_MAKERS =
  'selenium|datadog|jaegertracing|bitnami|grafana|prom|confluentinc|hashicorp|istio|newrelic|minio';
const OTHER_IMAGES = new RegExp(
  `(^|/)(${KNOWN_MAKERS})/[^/]+$|(^|/)((${KNOWN_NAMES})|[\\w.-]*[-_](nginx|redis|postgres|postgis|proxy|exporter))$`,
);

/** Platforms that run what an image starts. */
const IN_IMAGES: ReadonlySet<string> = new Set(['compose', 'kubernetes', 'ecs', 'fly', 'render']);

/** The name of the image that a service runs, without its tag; of a variable its default. */
const imageName = ({ image }: ServiceReading): string =>
  (image ?? '').replaceAll(/\$\{\w+:?-([^{}]*)\}/g, '$1').replace(/[@:][^/]*$/, '');

/** Whether a service runs a program that others publish, such as a database. */
export const runsOther = (service: ServiceReading): boolean =>
  !service.build && OTHER_IMAGES.test(imageName(service));

/** The image that a service runs; `several` where one of the project's may be it and which is not said. */
export type OwnImage = { readonly image: ServiceReading | null; readonly several?: true };

/**
 * The Dockerfile that makes the image of a service that builds none: that of the service which builds this image, one of
 * the image's name, or the only one where no other image of unknown origin is run beside it.
 */
export function imageOf(
  service: ServiceReading,
  services: readonly ServiceReading[],
  dockerfiles: readonly ServiceReading[],
  built: ReadonlyMap<ServiceReading, ServiceReading>,
): OwnImage {
  const none = { image: null };
  if (!IN_IMAGES.has(service.platform) || dockerfiles.length === 0) return none;
  if ((service.build && service.platform === 'compose') || runsOther(service)) return none;
  const name = imageName(service);
  if (service.platform === 'compose') {
    const builders = services.filter(({ platform, build }) => platform === 'compose' && build);
    const builder = builders.find((one) => name !== '' && imageName(one) === name);
    if (builders.length > 0) return { image: (builder && built.get(builder)) ?? null };
  }
  const alike = dockerfiles.filter(({ file }) => isNamedLike(file, baseName(name)));
  if (alike.length === 1) return { image: alike[0]! };
  const others = services.filter((one) => IN_IMAGES.has(one.platform) && !one.build && !runsOther(one));
  const names = new Set(others.map(imageName).filter((one) => one !== ''));
  if (names.size > 1 || dockerfiles.length > 1) return { image: null, several: true };
  return { image: dockerfiles[0]! };
}

/** `web/Dockerfile`, `Dockerfile.web` and `web.dockerfile` make an image of the name `web` or `shop-web`. */
function isNamedLike(file: string, name: string): boolean {
  const own = baseName(file);
  const marks = [
    baseName(directoryOf(file)),
    /^(?:Docker|Container)file[._-](.+)$/.exec(own)?.[1],
    /^(.+)\.(?:docker|container)file$/i.exec(own)?.[1],
  ];
  return marks.some(
    (mark) => mark && (name === mark || name.endsWith(`-${mark}`) || name.endsWith(`_${mark}`)),
  );
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
