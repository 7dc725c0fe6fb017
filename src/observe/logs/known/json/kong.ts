import { type KnownJson, method, milliseconds, ORDERS, path, status, time } from '../known.js';

/** Kong's file-log and http-log plug-ins: milliseconds, of which the proxied server's are `latencies.proxy`. */
export const kong: KnownJson = {
  name: "Kong's JSON",
  source: 'https://developer.konghq.com/plugins/file-log/',
  has: ['latencies.proxy', 'request.uri'],
  columns: {
    started_at: time,
    'request.method': method,
    'request.uri': path,
    'response.status': status,
    'latencies.proxy': milliseconds,
  },
  basis: 'response',
  stamps: 'arrival',
  resolutionMs: 1,
  examples: [
    {
      line: '{"latencies":{"request":101,"kong":1,"proxy":100},"service":{"host":"shop"},"request":{"querystring":{},"size":138,"uri":"/orders","method":"GET","headers":{"host":"shop.example.com"}},"response":{"headers":{"content-type":"text/html"},"status":200,"size":512},"route":{"id":"0"},"client_ip":"10.0.0.7","started_at":1796040000150}',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.150Z' },
    },
  ],
};
