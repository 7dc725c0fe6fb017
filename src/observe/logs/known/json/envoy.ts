import { type KnownJson, method, milliseconds, ORDERS, path, status, time } from '../known.js';

/** Envoy's access log as JSON, with the names that Istio gives: whole milliseconds. */
export const envoyJson: KnownJson = {
  name: "Envoy's JSON",
  source: 'https://istio.io/latest/docs/tasks/observability/logs/access-log/',
  has: ['upstream_cluster', 'response_code', 'duration'],
  columns: {
    start_time: time,
    method,
    path,
    response_code: status,
    upstream_service_time: milliseconds,
    duration: milliseconds,
  },
  basis: 'response',
  stamps: 'arrival',
  resolutionMs: 1,
  examples: [
    {
      line: '{"start_time":"2026-11-30T12:00:00.250Z","method":"GET","path":"/orders","protocol":"HTTP/1.1","response_code":200,"response_flags":"-","route_name":"default","upstream_cluster":"inbound|8000||","upstream_host":"10.1.2.3:8000","upstream_service_time":"100","duration":101,"bytes_received":0,"bytes_sent":512,"user_agent":"curl/8.5","x_forwarded_for":null}',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.250Z' },
    },
  ],
};
