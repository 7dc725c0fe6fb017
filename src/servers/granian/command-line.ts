import { commandLineOf, optionTable } from '../settings/option-table.js';

/** Options of Granian 1.4 to 2.8 (granian/cli.py). */
export const GRANIAN_LINE = commandLineOf(
  () =>
    optionTable({
      count:
        'workers blocking-threads blocking-threads-idle-timeout runtime-threads runtime-blocking-threads threads backlog backpressure workers-lifetime workers-max-rss workers-kill-timeout workers-graceful-timeout port http1-buffer-size http2-initial-connection-window-size http2-initial-stream-window-size http2-keep-alive-interval http2-keep-alive-timeout http2-max-concurrent-streams http2-max-frame-size http2-max-headers-size http2-max-send-buffer-size rss-sample-interval rss-samples metrics-port metrics-scrape-interval static-path-expires',
      text: 'interface host uds uds-permissions http loop task-impl runtime-mode threading-mode log-level log-config access-log-fmt ssl-certificate ssl-keyfile ssl-keyfile-password ssl-protocol-min ssl-ca ssl-crl url-path-prefix respawn-interval working-dir env-files static-path-route static-path-mount static-path-dir-to-file metrics-address reload-paths reload-ignore-dirs reload-ignore-patterns reload-ignore-paths reload-tick process-name pid-file http1-header-read-timeout',
      toggle:
        'ws log access-log http1-keep-alive http1-pipeline-flush http2-adaptive-window respawn-failed-workers factory reload reload-ignore-worker-failure ssl-client-verify metrics',
    }),
  {
    sizing: [
      'workers',
      'interface',
      'blocking_threads',
      'backlog',
      'backpressure',
      'workers_lifetime',
      'loop',
    ],
    config: null,
    idle: ['--help', '--version'],
    abbreviates: false,
  },
);
