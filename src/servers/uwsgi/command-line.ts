import { commandLineOf, optionTable } from '../settings/option-table.js';

const many = (...flags: string[]) => ({ kind: 'count', flags, argument: 'one' }) as const;

/**
 * The options of uWSGI that wcalc speaks of (core/uwsgi.c). There are some nine hundred others, and plugins add theirs, so
 * that one which is not here is not said to be wrong.
 */
export const UWSGI_LINE = commandLineOf(
  () => ({
    ...optionTable({
      count:
        'cheaper cheaper-initial cheaper-step cheaper-overload reload-on-rss evil-reload-on-rss reload-mercy worker-reload-mercy max-worker-lifetime max-worker-lifetime-delta max-requests-delta min-worker-lifetime limit-as buffer-size,b socket-timeout http-timeout cheaper-rss-limit-soft cheaper-rss-limit-hard async cores gevent',
      text: 'ini yaml,y yml json xml,x http http-socket http11-socket https uwsgi-socket socket,s module,w wsgi-file file mount chdir virtualenv,H venv plugin plugins callable stats logto daemonize,d uid gid env vassals-dir emperor cheaper-algo include import inherit set for pythonpath pp touch-reload py-autoreload',
      switch:
        'lazy-apps lazy enable-threads die-on-term thunder-lock single-interpreter vacuum need-app strict no-orphans so-keepalive http-keepalive disable-logging L',
    }),
    workers: many('--workers', '--processes', '-p'),
    threads: many('--threads'),
    listen: many('--listen', '-l'),
    harakiri: many('--harakiri', '-t'),
    max_requests: many('--max-requests', '-R'),
    master: { kind: 'switch', flags: ['--master', '-M'], argument: 'none' },
  }),
  {
    sizing: [
      'workers',
      'threads',
      'listen',
      'harakiri',
      'max_requests',
      'cheaper',
      'lazy_apps',
      'die_on_term',
    ],
    config: 'ini',
    idle: ['--help', '-h', '--version'],
    abbreviates: false,
    isOpen: true,
  },
);
