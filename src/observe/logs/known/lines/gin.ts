import { type KnownLine, method, ORDERS, path, status, time } from '../known.js';

const COLOUR = '(?:\\u001b\\[[\\d;]{1,20}m)?';

/** Gin's default: a Go duration, with or without the colours of a terminal. */
export const gin: KnownLine = {
  name: "Gin's default",
  source: 'https://github.com/gin-gonic/gin/blob/master/logger.go',
  layouts: [],
  patterns: [
    {
      pattern: new RegExp(
        `^\\[GIN\\] (\\d{4}/\\d\\d/\\d\\d - \\d\\d:\\d\\d:\\d\\d) \\|${COLOUR} (\\d{3}) ${COLOUR}\\| +(\\S+) \\| +\\S+ \\|${COLOUR} (\\S+) +${COLOUR} ?"([^"]*)"`,
      ),
      fields: [time, status, { kind: 'duration', msPerUnit: null }, method, path],
    },
  ],
  basis: 'service',
  stamps: 'end',
  resolutionMs: 1e-3,
  examples: [
    {
      line: '[GIN] 2026/11/30 - 12:00:00 | 200 |   100.250417ms |      10.0.0.7 | GET      "/orders"',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00Z', durationMs: 100.250417 },
    },
    {
      line: '[GIN] 2026/11/30 - 12:00:00 |\u001b[97;42m 200 \u001b[0m|       85.25µs |      10.0.0.7 |\u001b[97;44m GET     \u001b[0m "/live"',
      tells: { durationMs: 0.08525, status: 200, method: 'GET', path: '/live' },
    },
    {
      line: '[GIN] 2026/11/30 - 12:00:00 | 500 |         1m2.5s |      10.0.0.7 | POST     "/reports"',
      tells: { durationMs: 62_500, status: 500, method: 'POST' },
    },
  ],
};
