/** How Gunicorn reads a setting's value: whole numbers ≥ 0, on/off, functions, anything else. */
type SettingKind = 'count' | 'switch' | 'hook' | 'text';

export interface SettingSpec {
  readonly kind: SettingKind;
  /** Options of the command line, short forms included; none where the setting exists only in the file. */
  readonly flags: readonly string[];
  /** Whether the option takes a word of its own. */
  readonly argument: 'one' | 'optional' | 'none';
}

const spec = (kind: SettingKind, argument: SettingSpec['argument'], ...flags: string[]): SettingSpec => ({
  kind,
  flags,
  argument,
});

/** Every setting of Gunicorn 26. Source: gunicorn/config.py, the `Setting` classes in their order. */
export const GUNICORN_SETTINGS = {
  config: spec('text', 'one', '-c', '--config'),
  wsgi_app: spec('text', 'one'),
  bind: spec('text', 'one', '-b', '--bind'),
  backlog: spec('count', 'one', '--backlog'),
  workers: spec('count', 'one', '-w', '--workers'),
  worker_class: spec('text', 'one', '-k', '--worker-class'),
  threads: spec('count', 'one', '--threads'),
  worker_connections: spec('count', 'one', '--worker-connections'),
  max_requests: spec('count', 'one', '--max-requests'),
  max_requests_jitter: spec('count', 'one', '--max-requests-jitter'),
  timeout: spec('count', 'one', '-t', '--timeout'),
  graceful_timeout: spec('count', 'one', '--graceful-timeout'),
  keepalive: spec('count', 'one', '--keep-alive'),
  limit_request_line: spec('count', 'one', '--limit-request-line'),
  limit_request_fields: spec('count', 'one', '--limit-request-fields'),
  limit_request_field_size: spec('count', 'one', '--limit-request-field_size'),
  reload: spec('switch', 'none', '--reload'),
  reload_engine: spec('text', 'one', '--reload-engine'),
  reload_extra_files: spec('text', 'one', '--reload-extra-file'),
  spew: spec('switch', 'none', '--spew'),
  check_config: spec('switch', 'none', '--check-config'),
  print_config: spec('switch', 'none', '--print-config'),
  preload_app: spec('switch', 'none', '--preload'),
  sendfile: spec('switch', 'none', '--no-sendfile'),
  reuse_port: spec('switch', 'none', '--reuse-port'),
  chdir: spec('text', 'one', '--chdir'),
  daemon: spec('switch', 'none', '-D', '--daemon'),
  raw_env: spec('text', 'one', '-e', '--env'),
  pidfile: spec('text', 'one', '-p', '--pid'),
  worker_tmp_dir: spec('text', 'one', '--worker-tmp-dir'),
  user: spec('text', 'one', '-u', '--user'),
  group: spec('text', 'one', '-g', '--group'),
  umask: spec('count', 'one', '-m', '--umask'),
  initgroups: spec('switch', 'none', '--initgroups'),
  tmp_upload_dir: spec('text', 'one'),
  secure_scheme_headers: spec('text', 'one'),
  forwarded_allow_ips: spec('text', 'one', '--forwarded-allow-ips'),
  accesslog: spec('text', 'one', '--access-logfile'),
  disable_redirect_access_to_syslog: spec('switch', 'none', '--disable-redirect-access-to-syslog'),
  access_log_format: spec('text', 'one', '--access-logformat'),
  errorlog: spec('text', 'one', '--error-logfile', '--log-file'),
  loglevel: spec('text', 'one', '--log-level'),
  capture_output: spec('switch', 'none', '--capture-output'),
  logger_class: spec('text', 'one', '--logger-class'),
  logconfig: spec('text', 'one', '--log-config'),
  logconfig_dict: spec('text', 'one'),
  logconfig_json: spec('text', 'one', '--log-config-json'),
  syslog_addr: spec('text', 'one', '--log-syslog-to'),
  syslog: spec('switch', 'none', '--log-syslog'),
  syslog_prefix: spec('text', 'one', '--log-syslog-prefix'),
  syslog_facility: spec('text', 'one', '--log-syslog-facility'),
  enable_stdio_inheritance: spec('switch', 'none', '-R', '--enable-stdio-inheritance'),
  statsd_host: spec('text', 'one', '--statsd-host'),
  dogstatsd_tags: spec('text', 'one', '--dogstatsd-tags'),
  statsd_prefix: spec('text', 'one', '--statsd-prefix'),
  enable_backlog_metric: spec('switch', 'none', '--enable-backlog-metric'),
  proc_name: spec('text', 'one', '-n', '--name'),
  default_proc_name: spec('text', 'one'),
  pythonpath: spec('text', 'one', '--pythonpath'),
  paste: spec('text', 'one', '--paste', '--paster'),
  on_starting: spec('hook', 'one'),
  on_reload: spec('hook', 'one'),
  when_ready: spec('hook', 'one'),
  pre_fork: spec('hook', 'one'),
  post_fork: spec('hook', 'one'),
  post_worker_init: spec('hook', 'one'),
  worker_int: spec('hook', 'one'),
  worker_abort: spec('hook', 'one'),
  pre_exec: spec('hook', 'one'),
  pre_request: spec('hook', 'one'),
  post_request: spec('hook', 'one'),
  child_exit: spec('hook', 'one'),
  worker_exit: spec('hook', 'one'),
  nworkers_changed: spec('hook', 'one'),
  on_exit: spec('hook', 'one'),
  ssl_context: spec('hook', 'one'),
  proxy_protocol: spec('text', 'optional', '--proxy-protocol'),
  proxy_allow_ips: spec('text', 'one', '--proxy-allow-from'),
  protocol: spec('text', 'one', '--protocol'),
  uwsgi_allow_ips: spec('text', 'one', '--uwsgi-allow-from'),
  keyfile: spec('text', 'one', '--keyfile'),
  certfile: spec('text', 'one', '--certfile'),
  ssl_version: spec('text', 'one', '--ssl-version'),
  cert_reqs: spec('count', 'one', '--cert-reqs'),
  ca_certs: spec('text', 'one', '--ca-certs'),
  suppress_ragged_eofs: spec('switch', 'none', '--suppress-ragged-eofs'),
  do_handshake_on_connect: spec('switch', 'none', '--do-handshake-on-connect'),
  ciphers: spec('text', 'one', '--ciphers'),
  http_protocols: spec('text', 'one', '--http-protocols'),
  http2_cleartext: spec('text', 'one', '--http2-cleartext'),
  http2_max_concurrent_streams: spec('count', 'one', '--http2-max-concurrent-streams'),
  http2_initial_window_size: spec('count', 'one', '--http2-initial-window-size'),
  http2_max_frame_size: spec('text', 'one', '--http2-max-frame-size'),
  http2_max_header_list_size: spec('count', 'one', '--http2-max-header-list-size'),
  raw_paste_global_conf: spec('text', 'one', '--paste-global'),
  permit_obsolete_folding: spec('switch', 'none', '--permit-obsolete-folding'),
  strip_header_spaces: spec('switch', 'none', '--strip-header-spaces'),
  permit_unconventional_http_method: spec('switch', 'none', '--permit-unconventional-http-method'),
  permit_unconventional_http_version: spec('switch', 'none', '--permit-unconventional-http-version'),
  casefold_http_method: spec('switch', 'none', '--casefold-http-method'),
  forwarder_headers: spec('text', 'one', '--forwarder-headers'),
  header_map: spec('text', 'one', '--header-map'),
  asgi_loop: spec('text', 'one', '--asgi-loop'),
  asgi_lifespan: spec('text', 'one', '--asgi-lifespan'),
  asgi_disconnect_grace_period: spec('count', 'one', '--asgi-disconnect-grace-period'),
  http_parser: spec('text', 'one', '--http-parser'),
  root_path: spec('text', 'one', '--root-path'),
  dirty_apps: spec('text', 'one', '--dirty-app'),
  dirty_workers: spec('count', 'one', '--dirty-workers'),
  dirty_timeout: spec('count', 'one', '--dirty-timeout'),
  dirty_threads: spec('count', 'one', '--dirty-threads'),
  dirty_graceful_timeout: spec('count', 'one', '--dirty-graceful-timeout'),
  on_dirty_starting: spec('hook', 'one'),
  dirty_post_fork: spec('hook', 'one'),
  dirty_worker_init: spec('hook', 'one'),
  dirty_worker_exit: spec('hook', 'one'),
  control_socket: spec('text', 'one', '--control-socket'),
  control_socket_mode: spec('count', 'one', '--control-socket-mode'),
  control_socket_disable: spec('switch', 'none', '--no-control-socket'),
} as const satisfies Record<string, SettingSpec>;

export type SettingName = keyof typeof GUNICORN_SETTINGS;

export const isSetting = (name: string): name is SettingName => Object.hasOwn(GUNICORN_SETTINGS, name);

/** The settings that decide how many requests a server can take, and at what cost. */
export const SIZING_SETTINGS = [
  'workers',
  'worker_class',
  'threads',
  'worker_connections',
  'backlog',
  'timeout',
  'graceful_timeout',
  'keepalive',
  'max_requests',
  'max_requests_jitter',
  'preload_app',
  'worker_tmp_dir',
  'reuse_port',
] as const satisfies readonly SettingName[];

/** Options of the command line to settings; long options may be cut short as argparse allows. */
export function settingOfFlag(flag: string): SettingName | undefined {
  const exact = BY_FLAG.get(flag);
  if (exact || !flag.startsWith('--')) return exact;
  const fits = new Set([...BY_FLAG].filter(([long]) => long.startsWith(flag)).map(([, name]) => name));
  return fits.size === 1 ? [...fits][0] : undefined;
}

const BY_FLAG = new Map<string, SettingName>(
  Object.entries(GUNICORN_SETTINGS).flatMap(([name, { flags }]) =>
    flags.map((flag): [string, SettingName] => [flag, name as SettingName]),
  ),
);
