import { type KnownJson, method, nanoseconds, ORDERS, path, status, time } from '../known.js';

/** Traefik's access log as JSON: whole nanoseconds. The origin's time leaves Traefik's own out. */
export const traefikJson: KnownJson = {
  name: "Traefik's JSON",
  source: 'https://doc.traefik.io/traefik/observe/logs-and-access-logs/',
  has: ['DownstreamStatus', 'Duration', 'RequestMethod'],
  columns: {
    StartUTC: time,
    time: time,
    RequestMethod: method,
    RequestPath: path,
    DownstreamStatus: status,
    OriginDuration: nanoseconds,
    Duration: nanoseconds,
  },
  basis: 'response',
  stamps: 'arrival',
  resolutionMs: 1e-6,
  examples: [
    {
      line: '{"ClientAddr":"10.0.0.7:50000","ClientHost":"10.0.0.7","DownstreamContentSize":77,"DownstreamStatus":200,"Duration":101234567,"OriginContentSize":77,"OriginDuration":100000000,"OriginStatus":200,"Overhead":1234567,"RequestCount":1,"RequestHost":"shop.example.com","RequestMethod":"GET","RequestPath":"/orders","RequestProtocol":"HTTP/1.1","RequestScheme":"http","RetryAttempts":0,"RouterName":"shop@docker","ServiceAddr":"10.1.2.3:8000","StartLocal":"2026-11-30T12:00:00.150000000Z","StartUTC":"2026-11-30T12:00:00.150000000Z","level":"info","msg":"","time":"2026-11-30T12:00:00Z"}',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.150Z' },
    },
  ],
};
