import { type KnownPairs, method, milliseconds, path, status } from './known.js';

/** Heroku's router: `service` is the time that the dyno took. */
export const herokuRouter: KnownPairs = {
  name: "Heroku's router with service",
  source: 'https://devcenter.heroku.com/articles/http-routing#heroku-router-log-format',
  has: ['dyno', 'connect', 'service', 'status'],
  columns: { method, path, status, service: milliseconds },
  basis: 'response',
  stamps: 'end',
  resolutionMs: 1,
  examples: [
    {
      line: 'at=info method=GET path="/orders" host=shop.example.com request_id=00000000-0000-0000-0000-000000000000 fwd="203.0.113.9" dyno=web.1 connect=0ms service=100ms status=200 bytes=512 protocol=https',
      tells: { durationMs: 100, status: 200, method: 'GET', path: '/orders' },
    },
    {
      line: 'at=error code=H12 desc="Request timeout" method=GET path="/slow" host=shop.example.com request_id=0 fwd="203.0.113.9" dyno=web.1 connect=6ms service=30000ms status=503 bytes=0 protocol=https',
      tells: { durationMs: 30000, status: 503, method: 'GET', path: '/slow' },
    },
    {
      line: 'at=error code=H10 desc="App crashed" method=GET path="/" host=shop.example.com request_id=0 fwd="203.0.113.9" dyno= connect= service= status=503 bytes= protocol=https',
      tells: { durationMs: null, status: 503 },
    },
  ],
};
