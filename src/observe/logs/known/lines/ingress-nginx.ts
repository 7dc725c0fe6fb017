import { type KnownLine, ORDERS } from '../known.js';

/** The default of ingress-nginx. */
export const ingressNginx: KnownLine = {
  name: "ingress-nginx's default with $upstream_response_time",
  source: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/',
  layouts: [
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id',
  ],
  basis: 'response',
  stamps: 'end',
  resolutionMs: 1,
  examples: [
    {
      line: '10.0.0.7 - - [30/Nov/2026:12:00:00 +0000] "GET /orders HTTP/1.1" 200 512 "-" "curl/8.5" 431 0.212 [shop-web-80] [] 10.1.2.3:8000, 10.1.2.4:8000 0, 512 0.010, 0.190 502, 200 0123456789abcdef0123456789abcdef',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00Z', durationMs: 200 },
    },
  ],
};
