import { type KnownJson, method, ORDERS, path, seconds, status, time } from '../known.js';

/** Caddy's access log. */
export const caddy: KnownJson = {
  name: "Caddy's JSON",
  source: 'https://caddyserver.com/docs/caddyfile/directives/log',
  has: ['logger', 'request.uri', 'duration'],
  columns: { ts: time, 'request.method': method, 'request.uri': path, status, duration: seconds },
  basis: 'response',
  stamps: 'end',
  resolutionMs: 1e-3,
  examples: [
    {
      line: '{"level":"info","ts":1796040000.25,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"10.0.0.7","proto":"HTTP/2.0","method":"GET","host":"shop.example.com","uri":"/orders","headers":{"Accept":["*/*"]}},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200,"resp_headers":{"Server":["Caddy"]}}',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.250Z', durationMs: 0.929675 },
    },
  ],
};
