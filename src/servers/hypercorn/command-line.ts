import type { SettingSpec } from '../settings/command-line.js';
import { commandLineOf, optionTable } from '../settings/option-table.js';

/** Names of the configuration that no option gives. */
const withoutOption = (kind: SettingSpec['kind'], names: string): Record<string, SettingSpec> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { kind, flags: [], argument: 'one' }]));

/** Options of Hypercorn 0.18 (src/hypercorn/__main__.py) and the names of its configuration that have none. */
export const HYPERCORN_LINE = commandLineOf(
  () => ({
    ...optionTable({
      count: 'workers,w backlog keep-alive graceful-timeout read-timeout max-requests max-requests-jitter',
      text: 'worker-class,k bind,b config,c access-log access-logfile access-logformat error-log error-logfile log-file log-level log-config ca-certs certfile cert-reqs ciphers group,g keyfile keyfile-password insecure-bind pid,p quic-bind root-path server-name statsd-host statsd-prefix umask,m user,u verify-mode websocket-ping-interval',
      switch: 'debug reload',
    }),
    ...withoutOption(
      'count',
      'keep_alive_max_requests max_app_queue_size startup_timeout shutdown_timeout ssl_handshake_timeout h11_max_incomplete_size h2_max_concurrent_streams h2_max_header_list_size h2_max_inbound_frame_size websocket_max_message_size wsgi_max_body_size',
    ),
    ...withoutOption(
      'text',
      'alpn_protocols alt_svc_headers application_path dogstatsd_tags h11_pass_raw_headers include_date_header include_server_header logconfig_dict logger_class proxy_mode quic_addresses verify_flags',
    ),
  }),
  {
    sizing: ['workers', 'worker_class', 'backlog', 'keep_alive', 'graceful_timeout', 'max_requests'],
    config: 'config',
    idle: ['-h', '--help'],
    abbreviates: true,
  },
);
