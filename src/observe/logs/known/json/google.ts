import { type KnownJson, method, ORDERS, path, seconds, status, time } from '../known.js';

/** Google Cloud's request logs (Cloud Run, App Engine, load balancers): HttpRequest of a LogEntry, `"latency": "0.2s"`. */
export const google: KnownJson = {
  name: "Google Cloud's httpRequest",
  source: 'https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#HttpRequest',
  has: ['httpRequest.latency'],
  columns: {
    timestamp: time,
    time: time,
    'httpRequest.requestMethod': method,
    'httpRequest.requestUrl': path,
    'httpRequest.status': status,
    'httpRequest.latency': seconds,
  },
  basis: 'response',
  stamps: 'arrival',
  resolutionMs: 1e-3,
  examples: [
    {
      line: '{"httpRequest":{"requestMethod":"GET","requestUrl":"https://shop.example.com/orders?page=2","requestSize":"431","status":200,"responseSize":"512","userAgent":"curl/8.5","remoteIp":"203.0.113.9","latency":"0.100234s","protocol":"HTTP/1.1"},"insertId":"0","severity":"INFO","timestamp":"2026-11-30T12:00:00.250Z","logName":"projects/shop/logs/run.googleapis.com%2Frequests"}',
      tells: {
        ...ORDERS,
        time: '2026-11-30T12:00:00.250Z',
        durationMs: 100.234,
        path: 'https://shop.example.com/orders?page=2',
      },
    },
  ],
};

/** App Engine's request logs. */
export const appEngine: KnownJson = {
  name: "App Engine's protoPayload",
  source: 'https://cloud.google.com/appengine/docs/standard/writing-application-logs',
  has: ['protoPayload.latency', 'protoPayload.resource'],
  columns: {
    'protoPayload.endTime': time,
    timestamp: time,
    'protoPayload.method': method,
    'protoPayload.resource': path,
    'protoPayload.status': status,
    'protoPayload.latency': seconds,
  },
  basis: 'response',
  stamps: 'end',
  resolutionMs: 1e-3,
  examples: [
    {
      line: '{"protoPayload":{"@type":"type.googleapis.com/google.appengine.logging.v1.RequestLog","startTime":"2026-11-30T12:00:00.150Z","endTime":"2026-11-30T12:00:00.250Z","latency":"0.100s","method":"GET","resource":"/orders","httpVersion":"HTTP/1.1","status":200,"responseSize":"512"},"timestamp":"2026-11-30T12:00:00.150Z"}',
      tells: { ...ORDERS, time: '2026-11-30T12:00:00.250Z' },
    },
  ],
};
