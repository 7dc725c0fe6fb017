import { type KnownLine, ORDERS } from '../known.js';

/** HAProxy's HTTP log: Tr, the milliseconds until the server answered, −1 where it did not. */
export const haproxy: KnownLine = {
  name: "HAProxy's HTTP log with Tr",
  source: 'https://docs.haproxy.org/3.0/configuration.html#8.2.3',
  layouts: [
    '$client [$time] $frontend $backend/$server $reading/$queue/$connect/$duration:ms/$total $status $bytes $rest"$request"$end',
  ],
  basis: 'response',
  stamps: 'arrival',
  resolutionMs: 1,
  examples: [
    {
      line: '10.0.1.2:33317 [30/Nov/2026:12:00:00.655] http-in shop/web1 10/0/30/100/140 200 2750 - - ---- 1/1/1/1/0 0/0 {shop.example.com} {} "GET /orders HTTP/1.1"',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.655Z' },
    },
  ],
};
