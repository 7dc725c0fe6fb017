import { stamp } from '../observe/logs/generated.js';

/** A request as the server knows it. */
export interface Served {
  /** When it ended, ms since 1970. */
  readonly endMs: number;
  readonly durationMs: number;
  readonly path: string;
  readonly status: number;
  readonly pid: number;
  readonly bytes: number;
}

/** How a program writes requests into its log, and how finely it tells their durations. */
export interface LogWriter {
  readonly name: string;
  /** Lines above the first request. */
  readonly heading?: readonly string[];
  /** Step of the durations, ms. */
  readonly stepMs: number;
  line(request: Served): string;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const seconds = (ms: number, digits = 3): string => (ms / 1000).toFixed(digits);
const whole = (value: number): string => String(Math.round(value));
/** A millisecond or so that a proxy needs for itself. */
const PROXY_MS = 1;

const head = ({ endMs, path, status, bytes }: Served): string =>
  `10.0.0.7 - - ${stamp(endMs)} "GET ${path} HTTP/1.1" ${status} ${bytes}`;
const combined = (request: Served): string =>
  `${head(request)} "-" "Mozilla/5.0 (X11; Linux x86_64) curl/8.5"`;
const gunicorn = (request: Served): string => `${combined(request)} ${whole(request.durationMs * 1000)}`;

/** `Mon Nov 30 12:00:00 2026` */
const ctime = (ms: number): string => {
  const [day, date, month, year, clock] = new Date(ms).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${clock} ${year}`;
};
const syslog = (ms: number): string => ctime(ms).slice(4, -5);

/** Formats of servers, proxies, platforms and collectors as they are found in the field. */
export const LOG_WRITERS: readonly LogWriter[] = [
  { name: 'Gunicorn, %(D)s %(p)s', stepMs: 1e-3, line: (r) => `${gunicorn(r)} <${r.pid}>` },
  { name: 'Gunicorn, %(D)s', stepMs: 1e-3, line: gunicorn },
  { name: 'Gunicorn, %(L)s', stepMs: 1e-3, line: (r) => `${combined(r)} ${seconds(r.durationMs, 6)}` },
  { name: 'nginx, $request_time', stepMs: 1, line: (r) => `${combined(r)} ${seconds(r.durationMs)}` },
  {
    name: 'nginx, $request_time $upstream_response_time, tried twice now and then',
    stepMs: 1,
    line: (r) =>
      `${combined(r)} ${seconds(r.durationMs + PROXY_MS)} ${r.pid % 2 ? '' : '0.000, '}${seconds(r.durationMs)}`,
  },
  {
    name: 'nginx, names',
    stepMs: 1,
    line: (r) =>
      `${combined(r)} "-" rt=${seconds(r.durationMs + PROXY_MS)} uct="0.001" uht="${seconds(r.durationMs)}" urt="${seconds(r.durationMs)}"`,
  },
  {
    name: 'nginx, $request_time $request_length',
    stepMs: 1,
    line: (r) => `${combined(r)} ${seconds(r.durationMs)} ${800 + (r.bytes % 90)}`,
  },
  {
    name: 'ingress-nginx',
    stepMs: 1,
    line: (r) =>
      `${combined(r)} 431 ${seconds(r.durationMs + PROXY_MS)} [shop-web-80] [] 10.1.2.3:8000 ${r.bytes} ${seconds(r.durationMs)} ${r.status} 0123456789abcdef0123456789abcdef`,
  },
  { name: 'Apache, %D', stepMs: 1e-3, line: (r) => `${head(r)} ${whole(r.durationMs * 1000)}` },
  {
    name: 'Apache, %v:%p … %T/%D',
    stepMs: 1e-3,
    line: (r) => {
      const micros = Math.round(r.durationMs * 1000);
      return `shop.example.com:443 ${combined(r)} ${Math.floor(micros / 1e6)}/${micros}`;
    },
  },
  {
    name: 'Traefik, common',
    stepMs: 1,
    line: (r) => `${head(r)} "-" "-" ${r.pid} "shop@docker" "http://10.1.2.3:8000" ${whole(r.durationMs)}ms`,
  },
  {
    name: 'Traefik, JSON',
    stepMs: 1e-3,
    line: (r) =>
      JSON.stringify({
        ClientHost: '10.0.0.7',
        DownstreamStatus: r.status,
        Duration: Math.round((r.durationMs + PROXY_MS) * 1e6),
        OriginDuration: Math.round(r.durationMs * 1e6),
        RequestMethod: 'GET',
        RequestPath: r.path,
        StartUTC: iso(r.endMs - r.durationMs),
        level: 'info',
        msg: '',
        time: iso(r.endMs),
      }),
  },
  {
    name: 'AWS ALB',
    stepMs: 1,
    line: (r) =>
      `https ${iso(r.endMs)} app/shop/0 203.0.113.9:46532 10.0.1.12:8000 0.001 ${seconds(r.durationMs)} 0.000 ${r.status} ${r.status} 34 ${r.bytes} "GET https://shop.example.com:443${r.path} HTTP/1.1" "curl/8.5" ECDHE TLSv1.2 arn:aws:x "Root=1-0-0" "shop.example.com" "-" 0 ${iso(r.endMs)} "forward" "-" "-" "10.0.1.12:8000" "200" "-" "-"`,
  },
  {
    name: 'AWS CLB',
    stepMs: 1e-3,
    line: (r) =>
      `${iso(r.endMs)} shop-lb 203.0.113.9:2817 10.0.0.1:80 0.000073 ${seconds(r.durationMs, 6)} 0.000057 ${r.status} ${r.status} 0 ${r.bytes} "GET http://shop.example.com:80${r.path} HTTP/1.1" "curl/8.5" - -`,
  },
  {
    name: 'CloudFront',
    stepMs: 1,
    heading: [
      '#Version: 1.0',
      '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for',
    ],
    line: (r) =>
      [
        iso(r.endMs).slice(0, 10),
        iso(r.endMs).slice(11, 19),
        'FRA2-C1',
        r.bytes,
        '10.0.0.7',
        'GET',
        'd1.cloudfront.net',
        r.path,
        r.status,
        '-',
        'curl/8.5',
        '-',
        '-',
        'Miss',
        'x',
        'shop.example.com',
        'https',
        23,
        seconds(r.durationMs),
        '-',
      ].join('\t'),
  },
  {
    name: 'IIS',
    stepMs: 1,
    heading: [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
    ],
    line: (r) =>
      `${iso(r.endMs).slice(0, 10)} ${iso(r.endMs).slice(11, 19)} 10.0.0.1 GET ${r.path} - 443 - 10.0.0.7 curl/8.5 - ${r.status} 0 0 ${whole(r.durationMs)}`,
  },
  {
    name: "Heroku's router",
    stepMs: 1,
    line: (r) =>
      `${iso(r.endMs)} heroku[router]: at=info method=GET path="${r.path}" host=shop.example.com request_id=0 fwd="203.0.113.9" dyno=web.1 connect=0ms service=${whole(r.durationMs)}ms status=${r.status} bytes=${r.bytes} protocol=https`,
  },
  {
    name: 'Caddy',
    stepMs: 1e-6,
    line: (r) =>
      JSON.stringify({
        level: 'info',
        ts: r.endMs / 1000,
        logger: 'http.log.access',
        msg: 'handled request',
        request: {
          remote_ip: '10.0.0.7',
          method: 'GET',
          host: 'shop.example.com',
          uri: r.path,
          headers: { Accept: ['*/*'] },
        },
        duration: r.durationMs / 1000,
        size: r.bytes,
        status: r.status,
      }),
  },
  {
    name: 'Envoy',
    stepMs: 1,
    line: (r) =>
      `[${iso(r.endMs - r.durationMs)}] "GET ${r.path} HTTP/1.1" ${r.status} - 0 ${r.bytes} ${Math.round(r.durationMs) + PROXY_MS} ${whole(r.durationMs)} "10.0.0.7" "curl/8.5" "cc21d9b0" "shop" "10.1.2.3:8000"`,
  },
  {
    name: 'Istio',
    stepMs: 1,
    line: (r) =>
      `[${iso(r.endMs - r.durationMs)}] "GET ${r.path} HTTP/1.1" ${r.status} - via_upstream - "-" 0 ${r.bytes} ${Math.round(r.durationMs) + PROXY_MS} ${whole(r.durationMs)} "10.0.0.7" "curl/8.5" "cc21d9b0" "shop" "10.1.2.3:8000" inbound|8000|| 127.0.0.6:51001 10.1.2.3:8000 203.0.113.9:0 - default`,
  },
  {
    name: 'HAProxy behind syslog',
    stepMs: 1,
    line: (r) =>
      `${syslog(r.endMs)} lb haproxy[14389]: 10.0.1.2:33317 [${stamp(r.endMs - r.durationMs).slice(1, 21)}.250] http-in shop/web1 0/0/1/${whole(r.durationMs)}/${Math.round(r.durationMs) + PROXY_MS} ${r.status} ${r.bytes} - - ---- 1/1/1/1/0 0/0 "GET ${r.path} HTTP/1.1"`,
  },
  {
    name: 'Gin, Go durations',
    stepMs: 1e-3,
    line: (r) => {
      const took = r.durationMs < 1000 ? `${r.durationMs.toFixed(3)}ms` : `${seconds(r.durationMs, 6)}s`;
      return `[GIN] ${iso(r.endMs).slice(0, 19).replaceAll('-', '/').replace('T', ' - ')} | ${r.status} | ${took.padStart(13)} |        10.0.0.7 | GET      "${r.path}"`;
    },
  },
  {
    name: 'fields between bars',
    stepMs: 1,
    line: (r) =>
      `${iso(r.endMs).slice(0, 19).replace('T', ' ')}|10.0.0.7|GET|${r.path}|${r.status}|${r.bytes}|${seconds(r.durationMs)}`,
  },
  {
    name: 'a middleware behind Python logging',
    stepMs: 0.01,
    line: (r) =>
      `${iso(r.endMs).slice(0, 23).replace('T', ' ').replace('.', ',')} INFO app.middleware: GET ${r.path} completed_in=${r.durationMs.toFixed(2)}ms status_code=${r.status}`,
  },
  {
    name: 'uWSGI',
    stepMs: 1,
    line: (r) =>
      `[pid: ${r.pid}|app: 0|req: 3/6] 10.0.0.7 () {38 vars in 656 bytes} [${ctime(r.endMs)}] GET ${r.path} => generated ${r.bytes} bytes in ${whole(r.durationMs)} msecs (HTTP/1.1 ${r.status}) 2 headers in 71 bytes (1 switches on core 0)`,
  },
  {
    name: 'Granian',
    stepMs: 1e-3,
    line: (r) =>
      `[${iso(r.endMs).slice(0, 19).replace('T', ' ')} +0000] 10.0.0.7 - "GET ${r.path} HTTP/1.1" ${r.status} ${r.durationMs.toFixed(3)}`,
  },
  {
    name: 'Cloud Run',
    stepMs: 1e-3,
    line: (r) =>
      JSON.stringify({
        httpRequest: {
          requestMethod: 'GET',
          requestUrl: `https://shop.example.com${r.path}`,
          status: r.status,
          latency: `${seconds(r.durationMs, 6)}s`,
        },
        timestamp: iso(r.endMs - r.durationMs),
      }),
  },
  {
    name: 'JSON, duration_ms',
    stepMs: 1e-3,
    line: (r) =>
      JSON.stringify({
        timestamp: iso(r.endMs),
        event: 'request',
        method: 'GET',
        path: r.path,
        status: r.status,
        duration_ms: Number(r.durationMs.toFixed(3)),
      }),
  },
  {
    name: 'JSON, elapsed in seconds',
    stepMs: 1e-3,
    line: (r) =>
      JSON.stringify({
        ts: r.endMs / 1000,
        level: 'INFO',
        method: 'GET',
        path: r.path,
        status_code: r.status,
        elapsed: Number(seconds(r.durationMs, 6)),
      }),
  },
  {
    name: 'JSON, latency with its unit',
    stepMs: 1e-3,
    line: (r) =>
      JSON.stringify({
        time: iso(r.endMs),
        method: 'GET',
        uri: r.path,
        status: r.status,
        latency: `${r.durationMs.toFixed(3)}ms`,
      }),
  },
  {
    name: "Gunicorn's JSON, microseconds under a name of its own",
    stepMs: 1e-3,
    line: (r) =>
      JSON.stringify({
        local_time: stamp(r.endMs),
        request: `GET ${r.path} HTTP/1.1`,
        status: String(r.status),
        request_duration: Math.round(r.durationMs * 1000),
        process_id: `<${r.pid}>`,
      }),
  },
  {
    name: 'Gunicorn in Docker',
    stepMs: 1e-3,
    line: (r) => JSON.stringify({ log: `${gunicorn(r)}\n`, stream: 'stdout', time: iso(r.endMs) }),
  },
  {
    name: 'nginx behind CRI',
    stepMs: 1,
    line: (r) => `${iso(r.endMs)} stdout F ${combined(r)} ${seconds(r.durationMs)}`,
  },
  {
    name: 'Gunicorn behind journald',
    stepMs: 1e-3,
    line: (r) => `${syslog(r.endMs)} web1 gunicorn[812]: ${gunicorn(r)}`,
  },
  { name: 'Gunicorn behind Compose', stepMs: 1e-3, line: (r) => `web-1  | ${gunicorn(r)}` },
  {
    name: 'names and values',
    stepMs: 1e-3,
    line: (r) =>
      `time=${iso(r.endMs)} level=info method=GET path=${r.path} status=${r.status} duration=${r.durationMs.toFixed(3)}ms`,
  },
  {
    name: 'CSV',
    heading: ['time,path,status,duration_us,pid'],
    stepMs: 1e-3,
    line: (r) => `${iso(r.endMs)},${r.path},${r.status},${whole(r.durationMs * 1000)},${r.pid}`,
  },
];
