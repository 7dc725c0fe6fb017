import { type KnownLine, ORDERS } from '../known.js';

const line = (duration: string) =>
  `[pid: $process_id|app: $app|req: $count] $client {$vars} [$time] $method $path => generated $bytes bytes in ${duration} ($protocol $status) $rest`;

/** uWSGI's default: whole milliseconds, microseconds with `log-micros`. */
export const uwsgi: KnownLine = {
  name: "uWSGI's default",
  source: 'https://uwsgi-docs.readthedocs.io/en/latest/LogFormat.html',
  layouts: [line('$duration:ms msecs'), line('$duration:us micros')],
  basis: 'service',
  stamps: 'end',
  resolutionMs: 1,
  examples: [
    {
      line: '[pid: 812|app: 0|req: 3/6] 127.0.0.1 () {38 vars in 656 bytes} [Mon Nov 30 12:00:00 2026] GET /orders => generated 512 bytes in 100 msecs (HTTP/1.1 200) 2 headers in 71 bytes (1 switches on core 0)',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00Z' },
    },
    {
      line: '[pid: 812|app: 0|req: 3/6] 127.0.0.1 () {38 vars in 656 bytes} [Mon Nov 30 12:00:00 2026] GET /orders => generated 512 bytes in 100250 micros (HTTP/1.1 200) 2 headers in 71 bytes (1 switches on core 0)',
      tells: { durationMs: 100.25 },
    },
  ],
};
