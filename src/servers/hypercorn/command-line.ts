import type { CommandLine } from '../settings/command-line.js';
import { optionTable } from '../settings/option-table.js';

/** Options of Hypercorn 0.18 (src/hypercorn/__main__.py) and the names of its configuration that have none. */
export const HYPERCORN_LINE: CommandLine = {
  settings: {
    ...optionTable({
      count: 'workers,w backlog keep-alive graceful-timeout read-timeout max-requests max-requests-jitter',
      text: 'worker-class,k bind,b config,c access-log access-logfile access-logformat error-log error-logfile log-file log-level log-config ca-certs certfile cert-reqs ciphers group,g keyfile keyfile-password insecure-bind pid,p quic-bind root-path server-name statsd-host statsd-prefix umask,m user,u verify-mode websocket-ping-interval',
      switch: 'debug reload',
    }),
    keep_alive_max_requests: { kind: 'count', flags: [], argument: 'one' },
    max_app_queue_size: { kind: 'count', flags: [], argument: 'one' },
    startup_timeout: { kind: 'count', flags: [], argument: 'one' },
    shutdown_timeout: { kind: 'count', flags: [], argument: 'one' },
  },
  sizing: ['workers', 'worker_class', 'backlog', 'keep_alive', 'graceful_timeout', 'max_requests'],
  config: 'config',
  idle: ['-h', '--help'],
  abbreviates: true,
};
