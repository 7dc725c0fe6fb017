/** A server's options as typed: long names without dashes, the last one winning; and its positional arguments. */
export interface ServerArguments {
  readonly options: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
}

/** Short forms and switches of both servers (gunicorn/config.py, uvicorn/main.py). All other options take a value. */
const SHORT: Readonly<Record<string, string>> = {
  w: 'workers',
  k: 'worker-class',
  t: 'timeout',
  c: 'config',
  b: 'bind',
  D: 'daemon',
  R: 'enable-stdio-inheritance',
  e: 'env',
  g: 'group',
  u: 'user',
  m: 'umask',
  n: 'name',
  p: 'pid',
};
const SWITCHES = new Set([
  ...['preload', 'reload', 'daemon', 'check-config', 'print-config', 'spew', 'reuse-port', 'no-sendfile'],
  ...['initgroups', 'capture-output', 'disable-redirect-access-to-syslog', 'enable-stdio-inheritance'],
  ...[
    'log-syslog',
    'proxy-protocol',
    'suppress-ragged-eofs',
    'do-handshake-on-connect',
    'strip-header-spaces',
  ],
  ...['access-log', 'no-access-log', 'proxy-headers', 'no-proxy-headers', 'use-colors', 'no-use-colors'],
  ...['server-header', 'no-server-header', 'date-header', 'no-date-header', 'factory'],
]);

/** Splits a server's arguments as argparse and click do: `--name value`, `--name=value`, `-w 4`, `-w4`. */
export function serverArguments(words: readonly string[]): ServerArguments {
  const options = new Map<string, string>();
  const positionals: string[] = [];
  for (let n = 0; n < words.length; n++) {
    const word = words[n]!;
    const long = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    const short = /^-([A-Za-z])(.*)$/s.exec(word);
    const name = long ? long[1]! : short ? SHORT[short[1]!] : undefined;
    if (!long && !short) positionals.push(word);
    else if (name !== undefined) {
      const attached = long ? long[2] : short?.[2]?.replace(/^=/, '') || undefined;
      const value = attached ?? (SWITCHES.has(name) ? 'true' : words[++n]);
      if (value !== undefined) options.set(name, value);
    }
  }
  return { options, positionals };
}
