import type { Field } from '../reading/fields.js';

/** How a server writes its format strings, and what its variables tell. */
export interface Syntax {
  readonly server: string;
  /** Tells its format strings from those of the syntaxes that come later. */
  readonly recognises: RegExp;
  /** Finds the variables; the first group is the name. */
  readonly variable: RegExp;
  readonly fields: Readonly<Record<string, Field | undefined>>;
  /** Variables whose text brings brackets with it. */
  readonly bracketed: readonly string[];
  /** How finely a variable tells durations, ms. */
  resolutionMs(name: string): number;
}

const ms = (msPerUnit: number): Field => ({ kind: 'duration', msPerUnit });
const TIME: Field = { kind: 'time', msPerUnit: null };
const REQUEST: Field = { kind: 'request' };
const METHOD: Field = { kind: 'method' };
const PATH: Field = { kind: 'path' };
const STATUS: Field = { kind: 'status' };
const LIST: Field = { kind: 'skip', list: true };
const PID: Field = { kind: 'pid' };

/** Names of an object's own, whatever is asked for. */
const table = (fields: Readonly<Record<string, Field>>): Readonly<Record<string, Field | undefined>> =>
  Object.assign(Object.create(null), fields);

/** uwsgi: core/logging.c, uwsgi_add_logchunk. Its variables end without a letter. */
const UWSGI: Syntax = {
  server: 'uWSGI',
  recognises: /%\((?:addr|ltime|uri|msecs|micros|secs|tmsecs|tmicros|uagent|wid|rsize|proto)\)/,
  variable: /%\(([^)]*)\)/g,
  fields: table({
    ltime: TIME,
    ctime: TIME,
    time: TIME,
    tmsecs: { kind: 'time', msPerUnit: 1 },
    tmicros: { kind: 'time', msPerUnit: 1e-3 },
    method: METHOD,
    uri: PATH,
    status: STATUS,
    pid: PID,
    msecs: ms(1),
    micros: ms(1e-3),
    secs: ms(1e3),
  }),
  bracketed: [],
  resolutionMs: (name) => (name === 'secs' ? 1000 : name === 'msecs' ? 1 : 1e-3),
};

/** Gunicorn: gunicorn/glogging.py, Logger.atoms; Hypercorn takes the same. Granian: granian/log.py. */
const GUNICORN: Syntax = {
  server: 'Gunicorn',
  recognises: /%\([^)]*\)[-+.\d]*[sdf]/,
  variable: /%\(([^)]*)\)[-+.\d]*[sdf]/g,
  fields: table({
    t: TIME,
    time: TIME,
    asctime: TIME,
    r: REQUEST,
    m: METHOD,
    method: METHOD,
    U: PATH,
    path: PATH,
    s: STATUS,
    status: STATUS,
    p: PID,
    process: PID,
    D: ms(1e-3),
    M: ms(1),
    L: ms(1e3),
    T: ms(1e3),
    dt_ms: ms(1),
  }),
  bracketed: ['t'],
  resolutionMs: (name) => (name === 'T' ? 1000 : name === 'M' ? 1 : 1e-3),
};

/** nginx: ngx_http_log_module, ngx_http_core_module and ngx_http_upstream_module. */
const NGINX: Syntax = {
  server: 'nginx',
  recognises: /\$\{?[a-z0-9_]/,
  variable: /\$\{?([a-z0-9_]+)\}?/g,
  fields: table({
    time_local: TIME,
    time_iso8601: TIME,
    time: TIME,
    msec: { kind: 'time', msPerUnit: 1000 },
    request: REQUEST,
    request_method: METHOD,
    method: METHOD,
    request_uri: PATH,
    uri: PATH,
    path: PATH,
    status: STATUS,
    process_id: PID,
    request_time: ms(1e3),
    upstream_response_time: ms(1e3),
    upstream_addr: LIST,
    upstream_response_length: LIST,
    upstream_status: LIST,
    upstream_connect_time: LIST,
    upstream_header_time: LIST,
  }),
  bracketed: [],
  resolutionMs: () => 1,
};

/** Apache: mod_log_config; lighttpd and aiohttp take the same. */
const APACHE: Syntax = {
  server: 'Apache',
  recognises: /%[<>]?(?:\{[^}]*\})?[a-zA-Z]/,
  variable: /%([<>]?(?:\{[^}]*\})?(?:\^t[io]|Tf|[a-zA-Z]))/g,
  fields: table({
    t: TIME,
    '{sec}t': { kind: 'time', msPerUnit: 1e3 },
    '{msec}t': { kind: 'time', msPerUnit: 1 },
    '{usec}t': { kind: 'time', msPerUnit: 1e-3 },
    r: REQUEST,
    m: METHOD,
    U: PATH,
    '>s': STATUS,
    s: STATUS,
    P: PID,
    D: ms(1e-3),
    '{ms}T': ms(1),
    '{us}T': ms(1e-3),
    '{s}T': ms(1e3),
    T: ms(1e3),
    Tf: ms(1e3),
  }),
  bracketed: ['t'],
  resolutionMs: (name) => (name === '{ms}T' ? 1 : name === 'T' || name === '{s}T' ? 1000 : 1e-3),
};

/** The first whose mark a string bears is its syntax. */
export const SYNTAXES: readonly Syntax[] = [UWSGI, GUNICORN, NGINX, APACHE];
