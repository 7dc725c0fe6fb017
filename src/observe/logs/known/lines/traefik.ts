import { type KnownLine, ORDERS } from '../known.js';

/** Traefik's access log in its default, common format: whole milliseconds. */
export const traefik: KnownLine = {
  name: "Traefik's common format",
  source: 'https://doc.traefik.io/traefik/observe/logs-and-access-logs/',
  layouts: [
    '$remote_addr - $remote_user [$time] "$request" $status $size "$referrer" "$agent" $count "$router" "$server" $duration:ms',
  ],
  basis: 'response',
  stamps: 'arrival',
  resolutionMs: 1,
  examples: [
    {
      line: '10.0.0.7 - - [30/Nov/2026:12:00:00 +0000] "GET /orders HTTP/1.1" 200 512 "-" "curl/8.5" 17 "shop@docker" "http://10.1.2.3:8000" 100ms',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00Z' },
    },
  ],
};
