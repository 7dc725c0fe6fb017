import { type KnownJson, method, milliseconds, ORDERS, path, pid, status, time } from '../known.js';

/** pino-http, and the loggers that write as it does: whole milliseconds. */
export const pino: KnownJson = {
  name: "pino-http's JSON",
  source: 'https://github.com/pinojs/pino-http',
  has: ['responseTime', 'req.url'],
  columns: {
    time,
    pid,
    'req.method': method,
    'req.url': path,
    'res.statusCode': status,
    responseTime: milliseconds,
  },
  basis: 'service',
  stamps: 'end',
  resolutionMs: 1,
  examples: [
    {
      line: '{"level":30,"time":1796040000250,"pid":812,"hostname":"web-1","req":{"id":1,"method":"GET","url":"/orders","headers":{"host":"shop.example.com"},"remoteAddress":"10.0.0.7","remotePort":50000},"res":{"statusCode":200,"headers":{"content-length":512}},"responseTime":100,"msg":"request completed"}',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.250Z' },
    },
  ],
};
