import { type KnownLine, ORDERS } from '../known.js';

const TAIL = '$received $sent $total $upstream:ms "$forwarded" "$agent" "$id" "$authority" "$host"$rest';

/** Envoy's default format and that of Istio, which has three fields more: whole milliseconds of the upstream. */
export const envoy: KnownLine = {
  name: "Envoy's default with the upstream's time",
  source: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage',
  layouts: [
    `[$time] "$request" $status $flags ${TAIL}`,
    `[$time] "$request" $status $flags $details $termination "$reason" ${TAIL}`,
  ],
  basis: 'response',
  stamps: 'arrival',
  resolutionMs: 1,
  examples: [
    {
      line: '[2026-11-30T12:00:00.310Z] "POST /orders HTTP/2" 204 - 154 0 226 100 "10.0.35.28" "curl/8.5" "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2" "shop" "tcp://10.0.2.1:80"',
      tells: {
        time: '2026-11-30T12:00:00.310Z',
        durationMs: 100,
        status: 204,
        method: 'POST',
        path: '/orders',
      },
    },
    {
      line: '[2026-11-30T12:00:00.250Z] "GET /orders HTTP/1.1" 200 - via_upstream - "-" 0 512 101 100 "203.0.113.9" "curl/8.5" "0" "shop.example.com" "10.1.2.3:8000" inbound|8000|| 127.0.0.6:51001 10.1.2.3:8000 203.0.113.9:0 - default',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.250Z' },
    },
  ],
};
