import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const ENDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What a made-up service has done since it began: requests of an exponential law of durations, evenly in time. */
export interface Service {
  readonly perSecond: number;
  readonly meanSeconds: number;
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** The text at /metrics after so many requests, as prometheus-fastapi-instrumentator and prometheus-client show it. */
export function metricsText(
  { meanSeconds, cpuSeconds, memoryBytes }: Service,
  requests: number,
  began = 1_700_000_000,
): string {
  const below = (end: number) => Math.round(requests * (1 - Math.exp(-end / meanSeconds)));
  const name = 'http_request_duration_highr_seconds';
  return [
    '# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.',
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${cpuSeconds * requests}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${memoryBytes}`,
    '# TYPE process_start_time_seconds gauge',
    `process_start_time_seconds ${began}`,
    `# TYPE ${name} histogram`,
    ...ENDS.map((end) => `${name}_bucket{le="${end}"} ${below(end)}`),
    `${name}_bucket{le="+Inf"} ${requests}`,
    `${name}_count ${requests}`,
    `${name}_sum ${meanSeconds * requests}`,
    '',
  ].join('\n');
}

/** A target that Prometheus can scrape; resolves once it listens. */
export async function exporter(service: Service): Promise<{ server: Server; port: number }> {
  const begun = performance.now();
  const server = createServer((_, response) => {
    const requests = Math.round(((performance.now() - begun) / 1000) * service.perSecond);
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(metricsText(service, requests));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { server, port: (server.address() as AddressInfo).port };
}
