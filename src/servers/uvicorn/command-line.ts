import { commandLineOf, optionTable } from '../settings/option-table.js';

/** Every option of Uvicorn 0.51 (uvicorn/main.py). */
export const UVICORN_LINE = commandLineOf(
  () =>
    optionTable({
      count:
        'workers backlog limit-concurrency limit-max-requests limit-max-requests-jitter timeout-keep-alive timeout-graceful-shutdown timeout-worker-healthcheck ws-max-size ws-max-queue ssl-version ssl-cert-reqs h11-max-incomplete-event-size port fd',
      text: 'loop host uds http ws interface lifespan env-file log-config log-level root-path app-dir reload-dir reload-include reload-exclude reload-delay ws-ping-interval ws-ping-timeout ws-per-message-deflate forwarded-allow-ips ssl-keyfile ssl-certfile ssl-keyfile-password ssl-ca-certs ssl-ciphers header app entrypoint,e',
      switch: 'reload factory http2 reset-contextvars',
      toggle: 'access-log use-colors proxy-headers server-header date-header',
    }),
  {
    sizing: ['workers', 'backlog', 'limit_concurrency', 'limit_max_requests', 'loop', 'timeout_keep_alive'],
    config: null,
    idle: ['--help', '--version'],
    abbreviates: false,
  },
);
