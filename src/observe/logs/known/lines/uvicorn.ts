import { type KnownLine, method, path, status, time } from '../known.js';

const TIME = String.raw`\d{4}-\d\d-\d\d[T ][\d:.,]{8,}(?:Z| ?[+-]\d\d:?\d\d)?`;
/** The client has a port, which other servers leave out, or is missing behind a Unix socket. */
const REQUEST = String.raw`(?:[\w.:[\]-]*:\d+| ) - "([A-Z]+) ([^ "]*) HTTP\/[\d.]+"(?: .{0,100}?)?[ [(]([1-5]\d\d)\b[^"]{0,40}$`;

/** Uvicorn's access log, with whatever a formatter puts before it and around its status. It has no variable for durations. */
export const uvicorn: KnownLine = {
  name: "Uvicorn's access log",
  source: 'https://github.com/encode/uvicorn/blob/master/uvicorn/logging.py',
  layouts: [],
  patterns: [
    {
      pattern: new RegExp(`^\\[?(${TIME}).{0,200}?${REQUEST}`),
      fields: [time, method, path, status],
    },
    { pattern: new RegExp(`^.{0,200}?${REQUEST}`), fields: [method, path, status] },
  ],
  basis: 'service',
  stamps: 'end',
  resolutionMs: 1,
  remedy:
    "Uvicorn has no variable for durations (%(msecs)d is the clock's): log them in a middleware, as JSON with duration_ms and path, or fit the log of the proxy in front, such as nginx's with $upstream_response_time",
  examples: [
    {
      line: 'INFO:     10.0.0.7:52410 - "GET /orders?page=2 HTTP/1.1" 307 Temporary Redirect',
      tells: { status: 307, method: 'GET', path: '/orders?page=2' },
    },
    {
      line: '2026-11-30 12:00:00,041 INFO:     uvicorn.access -: 10.0.0.7:52410 - "GET /orders HTTP/1.1" wall-time: 041(ms) 200',
      tells: { time: '2026-11-30T12:00:00.041Z', status: 200, method: 'GET', path: '/orders' },
    },
  ],
};
