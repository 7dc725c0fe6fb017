import { findFile, type Load } from '../find-file.js';
import { type CommandText, type CommandWord, placedCommands, plainWord } from '../shell/command-text.js';
import { baseName, directoryOf, joinPath, type Source } from '../text-file.js';
import type { CopiedPath, ServiceReading } from './service.js';

/** Programs that many projects run beside their own from the image that their makers publish. */
const KNOWN_NAMES =
  'nginx redis redis-stack valkey keydb postgres postgresql postgis pgvector timescaledb pgbouncer pgadmin pgadmin4 adminer mysql mysql-server mariadb mongo mongodb mongo-express memcached rabbitmq traefik caddy haproxy envoy varnish busybox alpine elasticsearch opensearch kibana logstash kafka zookeeper couchdb percona rethinkdb arangodb telegraf mosquitto eclipse-mosquitto registry wordpress ghost nextcloud matomo gitea solr neo4j clickhouse-server influxdb cassandra etcd nats minio vault consul mailhog maildev mailpit mailcatcher alertmanager otel-collector opentelemetry-collector fluentd fluent-bit keycloak localstack certbot acme-companion watchtower portainer cadvisor meilisearch typesense qdrant weaviate ollama gotenberg tika metabase dynamodb-local azurite'
    .split(' ')
    .join('|');
const KNOWN_MAKERS =
  'selenium|datadog|jaegertracing|bitnami|grafana|prom|confluentinc|hashicorp|istio|newrelic|minio';
const OTHER_IMAGES = new RegExp(
  `(^|/)(${KNOWN_MAKERS})/[^/]+$|(^|/)((${KNOWN_NAMES})|[\\w.-]*[-_](nginx|redis|postgres|postgis|proxy|exporter))$`,
);

/** Platforms that run what an image starts. */
const IN_IMAGES: ReadonlySet<string> = new Set([
  'compose',
  'kubernetes',
  'ecs',
  'fly',
  'render',
  'app-platform',
  'railway',
]);

/** The name of the image that a service runs, without its tag; of a variable its default. */
const imageName = ({ image }: ServiceReading): string =>
  (image ?? '').replaceAll(/\$\{\w+:?-([^{}]*)\}/g, '$1').replace(/[@:][^/]*$/, '');

/** Whether a service runs a program that others publish, such as a database. */
export const runsOther = (service: ServiceReading): boolean =>
  !service.build && OTHER_IMAGES.test(imageName(service));

/** The image that a service runs; `several` where one of the project's may be it and which is not said. */
export type OwnImage = { readonly image: ServiceReading | null; readonly several?: true };

/**
 * Finds the Dockerfile that makes the image of a service that builds none: that of the service which builds this image,
 * one of the image's name, or the only one where no other image of unknown origin is run beside it.
 */
export function imageFinder(
  services: readonly ServiceReading[],
  dockerfiles: readonly ServiceReading[],
  built: ReadonlyMap<ServiceReading, ServiceReading>,
): (service: ServiceReading) => OwnImage {
  const builders = services.filter(({ platform, build }) => platform === 'compose' && build);
  const builds = new Map(builders.map((one) => [imageName(one), built.get(one)]));
  const strange = services.filter((one) => IN_IMAGES.has(one.platform) && !one.build && !runsOther(one));
  const isOne =
    new Set(strange.map(imageName).filter((name) => name !== '')).size <= 1 && !differInTag(strange);
  return (service) => {
    const none = { image: null };
    if (!IN_IMAGES.has(service.platform)) return none;
    if ((service.build && service.platform === 'compose') || runsOther(service)) return none;
    const name = imageName(service);
    const image = name === '' ? undefined : builds.get(name);
    if (image) return { image };
    if (dockerfiles.length === 0) return none;
    // One that is built from what was not found may still be that of a Dockerfile that was given.
    if (service.platform === 'compose' && builders.length > 0 && !builds.has(name)) return none;
    const alike = dockerfiles.filter(({ file }) => isNamedLike(file, baseName(name)));
    if (alike.length === 1) return { image: alike[0]! };
    return isOne && dockerfiles.length === 1 ? { image: dockerfiles[0]! } : { image: null, several: true };
  };
}

/** Whether images of one name have tags that make them others, such as `acme/shop:web-1` and `acme/shop:worker-1`. */
function differInTag(services: readonly ServiceReading[]): boolean {
  const kinds = services.flatMap(
    ({ image }) => /:([a-z][a-z_]*)[-_.]/i.exec(baseName(image ?? ''))?.[1] ?? [],
  );
  return new Set(kinds).size > 1;
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
  // Without a service that says so, an image may be built in any directory above its Dockerfile.
  const contexts = service.build ? [context] : upwards(context);
  const copiedFrom = (source: string): Source | null => {
    for (const directory of contexts) {
      const found = load(joinPath(directory, source));
      if (found) return found;
    }
    return null;
  };
  return (path) => {
    const mounted = mountedAt(service, path, load);
    if (mounted !== undefined) return mounted;
    for (const source of own.copied.flatMap((copy) => sourcesOf(path, copy))) {
      const found = findFile(source, own.file, given, () => null) ?? copiedFrom(source);
      if (found && baseName(source) !== baseName(path)) return found;
    }
    const beside =
      findFile(path, own.file, given, load) ??
      (image ? findFile(path, service.file, given, load) : null) ??
      findFile(path, joinPath(context, 'Dockerfile'), given, load);
    if (beside) return beside;
    for (const source of own.copied.flatMap((copy) => sourcesOf(path, copy))) {
      const found = copiedFrom(source);
      if (found) return found;
    }
    return null;
  };
}

/** The file that is mounted at a path; null where it is one that was not given, undefined where none is. */
export function mountedAt({ mounts }: ServiceReading, path: string, load: Load): Source | null | undefined {
  const isAt = (to: string) => (path.startsWith('/') ? to === path : to.endsWith(`/${path}`));
  for (const { to, from } of mounts.toReversed()) {
    if (isAt(to)) return typeof from === 'string' ? load(from) : from;
    const inside = path.startsWith(`${to}/`) && typeof from === 'string';
    const found = inside ? load(joinPath(from, path.slice(to.length + 1))) : null;
    if (found) return found;
  }
  return undefined;
}

/** A directory and those above it, up to the one that wcalc runs in. */
function upwards(directory: string): readonly string[] {
  const own = directory === '.' ? '' : directory;
  return own === '' || own.startsWith('/') || own.startsWith('..')
    ? [own]
    : [own, ...upwards(directoryOf(own))];
}

/** Paths in the project that a path of the image may come from, by what one instruction copies. */
function sourcesOf(path: string, { from, to, isInto }: CopiedPath): readonly string[] {
  const name = baseName(path);
  const found = baseName(isInto ? from : to) === name ? [from] : [];
  if (from.includes('*')) return [joinPath(directoryOf(from), name)];
  if (/\.\w+$/.test(baseName(from))) return found;
  const rest = path.startsWith(`${to}/`) ? path.slice(to.length + 1) : path.startsWith('/') ? '' : path;
  return rest === '' ? found : [...found, joinPath(from, rest)];
}
