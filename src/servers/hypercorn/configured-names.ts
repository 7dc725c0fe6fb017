import { HYPERCORN_LINE } from './command-line.js';

/** Names of the configuration whose option is another (src/hypercorn/config.py). */
export const NAMES: Readonly<Record<string, string>> = {
  keep_alive_timeout: 'keep_alive',
  accesslog: 'access_logfile',
  errorlog: 'error_logfile',
  loglevel: 'log_level',
  logconfig: 'log_config',
  pid_path: 'pid',
  server_names: 'server_name',
  use_reloader: 'reload',
  access_log_format: 'access_logformat',
};

/** Names as the configuration writes them. */
export const CONFIGURED_NAMES: readonly string[] = [
  ...Object.keys(NAMES),
  ...Object.keys(HYPERCORN_LINE.settings).filter((name) => !Object.values(NAMES).includes(name)),
];
