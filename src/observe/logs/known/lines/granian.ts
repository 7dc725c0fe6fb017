import { type KnownLine, ORDERS } from '../known.js';

/** Granian's default: milliseconds with three decimals. */
export const granian: KnownLine = {
  name: "Granian's default with dt_ms",
  source: 'https://github.com/emmett-framework/granian#access-log-format',
  layouts: ['[$time] $client - "$request" $status $duration:ms'],
  basis: 'service',
  stamps: 'end',
  resolutionMs: 1e-3,
  examples: [
    {
      line: '[2026-11-30 12:00:00 +0000] 127.0.0.1 - "GET /orders HTTP/1.1" 200 100.250',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00Z', durationMs: 100.25 },
    },
  ],
};
