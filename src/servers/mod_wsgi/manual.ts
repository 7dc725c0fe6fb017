import { counted, plain } from '../../text/sentences.js';
import { FILE_LAYER } from '../deployments/deployment.js';
import type { Manual } from '../manual.js';
import type { ServerRule } from '../rule.js';
import { runningBy } from '../settings/running-by.js';
import { countValue } from '../settings/setting-value.js';
import { MOD_WSGI_DIALECT } from './dialect.js';
import { modWsgi } from './index.js';
import { isApacheFragment, readAlone, readStart } from './read.js';

const moreThreadsThanClients: ServerRule = {
  severity: 'warning',
  title: 'threads that can never be busy',
  summary: 'Apache holds fewer clients than there are threads',
  why: 'Apache holds a client in a slot of its own (MaxRequestWorkers) for as long as the daemon works on its request. With fewer slots than threads some threads are never used.',
  fix: 'Raise --max-clients (MaxRequestWorkers) to about one and a half times processes × threads.',
  source: 'docs/user-guides/request-pipeline.rst; src/express/options.py',
  check({ deployment, workers, threads }) {
    const clients = countValue(deployment, 'max_clients', 0);
    if (!clients.value || workers.value === null || threads.value === null) return null;
    const slots = workers.value * threads.value;
    if (slots <= clients.value) return null;
    return {
      at: clients.at,
      message: `Apache holds ${counted(clients.value, 'client')}, and ${plain(workers.value)} × ${plain(threads.value)} threads could serve ${plain(slots)}`,
      fix: `set ${clients.layer === FILE_LAYER ? 'MaxRequestWorkers' : '--max-clients'} ${Math.ceil(1.5 * slots)}`,
      numbers: { maxClients: clients.value, slots },
    };
  },
};

export const modWsgiManual: Manual = {
  server: modWsgi,
  read: readStart,
  owns: isApacheFragment,
  readAlone,
  dialect: MOD_WSGI_DIALECT,
  running: (deployment) =>
    runningBy(modWsgi, deployment, {
      workers: 'workers',
      threads: 'threads',
      backlog: 'listen_backlog',
      graceful: 'graceful_timeout',
    }),
  rules: { 'mod-wsgi-max-clients': moreThreadsThanClients },
  topics: {
    'server-mod-wsgi': {
      id: 'server-mod-wsgi',
      kind: 'server',
      title: 'mod_wsgi, daemon mode',
      what: 'Two stages: Apache holds the client in one of its own slots, and processes × threads of a daemon group run the application. In each process one free thread waits for the group’s mutex, so that all share one queue. WSGIDaemonProcess has 15 threads where nothing is set, mod_wsgi-express 5.',
      formula:
        'slots = processes × threads: M/G/c; Apache’s slots ≥ 1.5 × that; with queue-timeout τ: P(504) = (1 − ρ)·G / (1 − ρ·G), G = P(W > τ) without it',
      holds: 'For WSGI applications behind Apache, which reads slow clients itself.',
      fails:
        'Where MaxRequestWorkers is below processes × threads. queue-timeout answers 504 to what has waited too long (--queue-timeout, `rejectProbability`), which keeps the waits of the rest short; what Apache itself answers 503 is not in the prediction.',
      source: 'src/server/wsgi_daemon.c; docs/configuration-directives/WSGIDaemonProcess.rst',
      seeAlso: ['mgc', 'gthread'],
    },
  },
};
