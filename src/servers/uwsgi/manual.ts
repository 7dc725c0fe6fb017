import type { Manual } from '../manual.js';
import type { ServerRule } from '../rule.js';
import { misspeltName } from '../settings/ignored-names.js';
import { runningBy } from '../settings/running-by.js';
import { UWSGI_LINE } from './command-line.js';
import { UWSGI_DIALECT } from './dialect.js';
import { isUwsgiFile } from './entries.js';
import { uwsgi } from './index.js';
import { readAlone, readStart } from './read.js';
import { cheaperNotBelow } from './rules/cheaper-not-below.js';
import { cheaperWithoutCap } from './rules/cheaper-without-cap.js';
import { dieOnTerm } from './rules/die-on-term.js';
import { listenOverLimit } from './rules/listen-over-limit.js';
import { routerHidesQueue } from './rules/router-hides-queue.js';

const UWSGI_RULES: Readonly<Record<string, ServerRule>> = {
  'uwsgi-listen-over-limit': listenOverLimit,
  'uwsgi-cheaper-not-below': cheaperNotBelow,
  'uwsgi-cheaper-without-cap': cheaperWithoutCap,
  'uwsgi-die-on-term': dieOnTerm,
  'uwsgi-router-queue': routerHidesQueue,
  'uwsgi-misspelt-key': misspeltName(
    'uWSGI',
    Object.values(UWSGI_LINE.settings).flatMap(({ flags }) => flags.map((flag) => flag.replace(/^-+/, ''))),
    'core/config.c: uwsgi_opt_get, which only strict makes fail',
  ),
};

export const uwsgiManual: Manual = {
  server: uwsgi,
  read: readStart,
  owns: isUwsgiFile,
  readAlone,
  dialect: UWSGI_DIALECT,
  running: (deployment) =>
    runningBy(uwsgi, deployment, {
      workers: 'workers',
      threads: 'threads',
      backlog: 'listen',
      timeout: 'harakiri',
    }),
  rules: UWSGI_RULES,
  topics: {
    uwsgi: {
      id: 'uwsgi',
      kind: 'server',
      title: 'Server uWSGI',
      what: 'As many slots as processes × threads, on one kernel queue: each slot takes a connection itself when it is free, so that nobody waits at a busy process while another is free. The queue holds listen (100) connections, and uWSGI does not start where the kernel allows fewer. harakiri kills a request that takes longer with its worker.',
      formula: 'slots = processes × threads: M/G/c',
      holds:
        'Behind a proxy (socket, http-socket). Workers are forked after the application is loaded, unless lazy-apps.',
      fails:
        'With http = a router stands in front and hides the queue. cheaper adds workers under load, up to processes. It is in maintenance mode: wcalc check uwsgi.ini --to granian translates its settings.',
      source: 'core/loop.c, core/utils.c, core/socket.c, core/uwsgi.c of 2.0.30; README',
      seeAlso: ['mgc', 'gthread'],
    },
  },
};
