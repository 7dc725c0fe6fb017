import type { CommandText } from '../shell/command-text.js';
import { type Source, type Span, sourceOf } from '../text-file.js';
import type { ServiceReading } from './service.js';

/** What an image that no command replaces starts by itself. */
export type ImageStart =
  | { readonly kind: 'command'; readonly command: CommandText; readonly confs: readonly Source[] }
  /** It may start a server, with what was not read. */
  | { readonly kind: 'unread'; readonly name: string; readonly give: string; readonly at: Span };

/** Images of the framework tiangolo's, whose start script runs Gunicorn with a configuration of its own. */
const TIANGOLO = /(^|\/)tiangolo\/(uvicorn-gunicorn(-fastapi|-starlette)?|meinheld-gunicorn(-flask)?)(:|@|$)/;

const GIVE_CONCURRENCY =
  'set WEB_CONCURRENCY, which it takes for the number of workers, or give --env WEB_CONCURRENCY=N';

/** Other images that start a server by themselves, and how its size is set. */
const STARTERS: readonly (readonly [RegExp, string])[] = [
  [
    /(^|\/)(s2i-|centos\/python-|ubi\d*\/python-|rhscl\/python-|python-\d+-(centos|ubi|rhel)|fedora\/python)/,
    GIVE_CONCURRENCY,
  ],
  [/(^|\/)heroku\/|paketo|buildpacks?\//, GIVE_CONCURRENCY],
  [/(^|\/)tiangolo\/uwsgi-nginx/, 'size uWSGI by UWSGI_PROCESSES, and accept it here with --allow-unknown'],
  [/^App Engine's/, 'write an entrypoint: with gunicorn -w N'],
];

/** Names by which an image of one's own tells that a Python server may be in it. */
const PYTHONIC = /python|gunicorn|uvicorn|django|flask|fastapi|wsgi|asgi/i;
const SIZING = /^(WEB_CONCURRENCY|GUNICORN_|UVICORN_|UWSGI_|WORKERS_PER_CORE|MAX_WORKERS$)/;
/** Images of languages and systems, which start no server. */
const PLAIN =
  /^(docker\.io\/)?(library\/)?(python|pypy|ubuntu|debian|alpine|node|golang|ruby|php|openjdk|scratch|busybox|amazonlinux|fedora|rockylinux|almalinux|centos)(:|@|$)|(^|\/)(miniconda3?|mambaforge|micromamba|uv|poetry|distroless\/)/;

/** The variable that sizes a server, where a service or its image is given one. */
export const sizingVariable = (service: ServiceReading, image: ServiceReading | null): string | undefined =>
  [...(image?.environment ?? []), ...service.environment].find(({ name }) => SIZING.test(name))?.name;

/** The image of which it is not known what it starts, and which may start a server; null where there is none. */
export function unreadImage(service: ServiceReading, image: ServiceReading | null): string | null {
  const name = image?.base?.image ?? service.base?.image ?? service.image;
  // A DeploymentConfig may leave it to a trigger.
  if (name === null && service.platform === 'kubernetes') return 'that its file does not name';
  return name === null || name === '' || PLAIN.test(name) ? null : name;
}

/** What the image of a service starts; null where nothing is known to be started. */
export function imageStart(service: ServiceReading, image: ServiceReading | null): ImageStart | null {
  const base = image?.base ?? service.base;
  const name = base?.image ?? service.image ?? '';
  const at = base?.at ?? service.at;
  if (TIANGOLO.test(name)) return tiangolo(name, at);
  const give = STARTERS.find(([pattern]) => pattern.test(name))?.[1];
  if (give !== undefined) return { kind: 'unread', name: named(name), give, at };
  if (name === '' || PLAIN.test(name)) return null;
  return sizingVariable(service, image) !== undefined || PYTHONIC.test(name)
    ? {
        kind: 'unread',
        name: named(name),
        give: 'give the command or the Dockerfile of the image among the files to check',
        at,
      }
    : null;
}

const named = (name: string): string => (name.startsWith('App Engine') ? name : `the image ${name}`);

/**
 * What the start script of these images runs: as many workers as cores times WORKERS_PER_CORE, at least 2 and at most
 * MAX_WORKERS, unless WEB_CONCURRENCY says how many (tiangolo/uvicorn-gunicorn-docker, README).
 */
function tiangolo(name: string, at: Span): ImageStart {
  const kind = name.includes('meinheld') ? 'egg:meinheld#gunicorn_worker' : 'uvicorn.workers.UvicornWorker';
  const conf: Source = { ...sourceOf(at.file, TIANGOLO_CONF), alias: 'image/gunicorn_conf.py', at: () => at };
  const text = `gunicorn -k "\${WORKER_CLASS:-${kind}}" -c "\${GUNICORN_CONF:-image/gunicorn_conf.py}" "\${APP_MODULE:-app.main:app}"`;
  const place: Source = { ...sourceOf(at.file, text), at: () => at };
  return {
    kind: 'command',
    confs: [conf],
    command: {
      kind: 'line',
      text,
      isShell: true,
      variables: 'shell',
      place: { source: place, from: 0, to: text.length },
    },
  };
}

const TIANGOLO_CONF = `import multiprocessing
import os

per_core = float(os.getenv("WORKERS_PER_CORE", "1"))
by_cores = max(int(per_core * multiprocessing.cpu_count()), 2)
most = int(os.getenv("MAX_WORKERS") or "0")
wanted = int(os.getenv("WEB_CONCURRENCY") or "0")
workers = wanted or (min(by_cores, most) if most else by_cores)
timeout = int(os.getenv("TIMEOUT", "120"))
graceful_timeout = int(os.getenv("GRACEFUL_TIMEOUT", "120"))
keepalive = int(os.getenv("KEEP_ALIVE", "5"))
worker_tmp_dir = "/dev/shm"
`;
