import type { DurationBasis } from '../logs/formats/log-format.js';

/** What a metric is asked for. */
export const ROLES = ['requests', 'durations', 'cpu', 'memory'] as const;
export type Role = (typeof ROLES)[number];

/** A metric that a usual exporter shows. */
export interface KnownMetric {
  readonly name: string;
  /** Who shows it, for people. */
  readonly exporter: string;
  /** Units of its values to one of ours: 1000 of seconds to ms. */
  readonly scale: number;
  readonly basis: DurationBasis;
}

const SECONDS = 1000;

const of = (exporter: string, basis: DurationBasis, scale: number, ...names: readonly string[]) =>
  names.map((name): KnownMetric => ({ name, exporter, scale, basis }));

/**
 * Histograms or summaries of how long requests take, the finest of an exporter first. An application's own stand before a
 * proxy's, whose times include waiting for a worker.
 */
const DURATIONS: readonly KnownMetric[] = [
  // prometheus-fastapi-instrumentator: the first has 20 buckets and no labels, the second three buckets by route.
  ...of(
    'prometheus-fastapi-instrumentator',
    'service',
    SECONDS,
    'http_request_duration_highr_seconds',
    'http_request_duration_seconds',
  ),
  // stephenhillier/starlette_exporter and perdy/starlette-prometheus.
  ...of('starlette_exporter', 'service', SECONDS, 'starlette_request_duration_seconds'),
  ...of('starlette-prometheus', 'service', SECONDS, 'starlette_requests_processing_time_seconds'),
  ...of('Litestar', 'service', SECONDS, 'litestar_request_duration_seconds'),
  // django-prometheus, django_prometheus/middleware.py: the second leaves the other middlewares out.
  ...of(
    'django-prometheus',
    'service',
    SECONDS,
    'django_http_requests_latency_including_middlewares_seconds',
    'django_http_requests_latency_seconds_by_view_method',
  ),
  ...of('prometheus-flask-exporter', 'service', SECONDS, 'flask_http_request_duration_seconds'),
  // OpenTelemetry semantic conventions for HTTP servers, stable and before 1.21.
  ...of('OpenTelemetry', 'service', SECONDS, 'http_server_request_duration_seconds'),
  ...of('OpenTelemetry', 'service', 1, 'http_server_duration_milliseconds'),
  // Gunicorn's statsd logger sends gunicorn.request.duration in ms; statsd_exporter turns timers into seconds, and
  // into a summary unless its mapping says histogram.
  ...of('statsd-exporter of Gunicorn', 'service', SECONDS, 'gunicorn_request_duration'),
  // ingress-nginx, collectors/socket.go: $upstream_response_time, and $request_time, which a slow client lengthens.
  ...of(
    'ingress-nginx',
    'response',
    SECONDS,
    'nginx_ingress_controller_response_duration_seconds',
    'nginx_ingress_controller_request_duration_seconds',
  ),
];

/** Counters of requests, where no histogram counts them. */
const REQUESTS: readonly KnownMetric[] = [
  ...of('prometheus-fastapi-instrumentator', 'service', 1, 'http_requests_total'),
  ...of('starlette_exporter', 'service', 1, 'starlette_requests_total'),
  ...of('Litestar', 'service', 1, 'litestar_requests_total'),
  ...of('django-prometheus', 'service', 1, 'django_http_requests_before_middlewares_total'),
  ...of('prometheus-flask-exporter', 'service', 1, 'flask_http_request_total'),
  ...of('statsd-exporter of Gunicorn', 'service', 1, 'gunicorn_requests', 'gunicorn_requests_total'),
  // Granian, src/metrics.rs: by worker, without the suffix of counters.
  ...of('Granian', 'service', 1, 'granian_requests_handled'),
  ...of('ingress-nginx', 'response', 1, 'nginx_ingress_controller_requests'),
];

/** prometheus-client's process collector, which multiprocess mode leaves out. */
const CPU = of('prometheus-client', 'service', SECONDS, 'process_cpu_seconds_total');
const MEMORY = of('prometheus-client', 'service', 1 / (1024 * 1024), 'process_resident_memory_bytes');

/** Metrics by what they are asked for, the best first. */
export const KNOWN_METRICS: Readonly<Record<Role, readonly KnownMetric[]>> = {
  durations: DURATIONS,
  requests: REQUESTS,
  cpu: CPU,
  memory: MEMORY,
};

/** When the process of a target began; changes tell restarts apart. */
export const START_TIME = 'process_start_time_seconds';

/** The names of a histogram's or summary's series. */
export const seriesNames = (base: string): readonly string[] => [
  base,
  `${base}_bucket`,
  `${base}_sum`,
  `${base}_count`,
];
