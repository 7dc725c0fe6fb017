import type { Workload } from '../../../src/model/types.js';

/** Results of load tests as each generator writes them, made up: 50 requests a second for 20 s unless they say otherwise. */

/** A request as explained from load tests: exponential CPU and I/O, one wait, nothing of the server's own. */
export const explainedWorkload = (cpuMs: number, ioMs: number): Workload => ({
  ratePerSecond: null,
  cpu: { kind: 'two-moment', mean: cpuMs, cv: 1 },
  io: { kind: 'two-moment', mean: ioMs, cv: 1 },
  ioCalls: 1,
  overheadMs: 0,
});

const seconds = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const T0 = 1_750_000_000;

const k6Values = {
  http_reqs: { count: 1000, rate: 50 },
  http_req_failed: { rate: 0.02, passes: 20, fails: 980 },
  http_req_duration: { avg: 80, min: 11, med: 70, max: 400, 'p(90)': 140, 'p(95)': 180, 'p(99)': 300 },
  vus: { value: 4, min: 4, max: 4 },
  vus_max: { value: 4, min: 4, max: 4 },
};

const K6_EXPORT = JSON.stringify({ root_group: { name: '', checks: {} }, metrics: k6Values }, null, 2);

const K6_HANDLE_SUMMARY = JSON.stringify({
  root_group: {},
  options: {},
  state: { testRunDurationMs: 20000 },
  metrics: Object.fromEntries(
    Object.entries(k6Values).map(([name, values]) => [name, { type: 'x', values }]),
  ),
});

const K6_MACHINE = JSON.stringify({
  version: '1.0.0',
  results: {
    metrics: Object.entries(k6Values).map(([name, values]) => ({ name, type: 'x', values })),
  },
});

const K6_ARRIVAL_RATE = JSON.stringify({
  metrics: {
    ...k6Values,
    dropped_iterations: { count: 3, rate: 0.15 },
    vus_max: { value: 50, min: 50, max: 50 },
  },
});

const point = (metric: string, second: number, value: number, tags = {}): string =>
  JSON.stringify({
    metric,
    type: 'Point',
    data: { time: new Date(1000 * (T0 + second)).toISOString(), value, tags },
  });

/** 2 users for 10 s, then 4, each second of a user 5 requests of 200 ms. */
const K6_POINTS = [
  JSON.stringify({
    type: 'Metric',
    data: { name: 'http_req_duration', type: 'trend' },
    metric: 'http_req_duration',
  }),
  ...seconds(20).flatMap((second) => {
    const users = second < 10 ? 2 : 4;
    return [
      point('vus', second, users),
      ...seconds(5 * users).map((n) =>
        point('http_req_duration', second + n / 100, 200, {
          status: n === 0 ? '500' : '200',
          expected_response: n === 0 ? 'false' : 'true',
        }),
      ),
    ];
  }),
  '',
].join('\n');

const WRK = `Running 20s test @ http://127.0.0.1:8000/
  2 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    80.00ms   20.11ms 400.00ms   88.10%
    Req/Sec    25.00      4.07    31.00     86.54%
  Latency Distribution
     50%   70.00ms
     75%  100.00ms
     90%  140.00ms
     99%  300.00ms
  1000 requests in 20.00s, 1.76MB read
  Socket errors: connect 0, read 0, write 0, timeout 5
  Non-2xx or 3xx responses: 15
Requests/sec:     50.00
Transfer/sec:     90.11KB
`;

const WRK2 = `Running 20s test @ http://127.0.0.1:8000/
  2 threads and 100 connections
  Thread calibration: mean lat.: 79.747ms, rate sampling interval: 210ms
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    80.00ms   20.11ms 400.00ms   88.10%
    Req/Sec    25.00      4.07    31.00     86.54%
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%   70.00ms
 75.000%  100.00ms
 90.000%  140.00ms
 99.000%  300.00ms
 99.900%  390.00ms
100.000%  400.00ms

  Detailed Percentile spectrum:
       Value   Percentile   TotalCount 1/(1-Percentile)

      11.000     0.000000            1         1.00
      70.000     0.500000          500         2.00
     140.000     0.900000          900        10.00
     180.000     0.950000          950        20.00
     400.000     1.000000         1000          inf
#[Mean    =       80.000, StdDeviation   =       20.110]
----------------------------------------------------------
  1000 requests in 20.00s, 1.76MB read
Requests/sec:     50.00
Transfer/sec:     90.11KB
`;

const VEGETA_REPORT = JSON.stringify({
  latencies: {
    total: 80e9,
    mean: 80e6,
    '50th': 70e6,
    '90th': 140e6,
    '95th': 180e6,
    '99th': 300e6,
    max: 400e6,
    min: 11e6,
  },
  bytes_in: { total: 1, mean: 1 },
  earliest: '2026-11-30T12:00:00Z',
  latest: '2026-11-30T12:00:19.98Z',
  end: '2026-11-30T12:00:20Z',
  duration: 19.98e9,
  wait: 0.02e9,
  requests: 1000,
  rate: 50.05,
  throughput: 49,
  success: 0.98,
  status_codes: { 200: 980, 500: 20 },
  errors: ['500 Internal Server Error'],
});

const VEGETA_RESULTS = seconds(1000)
  .map((n) =>
    JSON.stringify({
      attack: '',
      seq: n,
      code: n % 50 === 0 ? 500 : 200,
      timestamp: new Date(1000 * T0 + 20 * n).toISOString(),
      latency: 80e6,
      bytes_out: 0,
      bytes_in: 10,
      error: '',
    }),
  )
  .join('\n');

const LOCUST_STATS = `Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%
GET,"/a,b",600,20,70.0,80.0,11.0,400.0,10.0,30.0,1.0,70,90,100,110,140,180,250,300,390,400,400
,Aggregated,1000,20,70.0,80.0,11.0,400.0,10.0,50.0,1.0,70,90,100,110,140,180,250,300,390,400,400
`;

const HISTORY = `Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size`;

/** 2 users for 30 s at 10 requests a second of 200 ms, then 4 users at 16 of 250 ms. */
const LOCUST_HISTORY = [
  HISTORY,
  `${T0 - 1},0,,Aggregated,0.000000,0.000000,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,0,0,0,0.0,0,0,0`,
  ...seconds(60).map((second) => {
    const [first, then] = [10 * Math.min(second, 30), 16 * Math.max(0, second - 30)];
    const mean = first + then === 0 ? 0 : (first * 200 + then * 250) / (first + then);
    const p =
      second < 30
        ? '190,200,210,220,230,240,250,260,270,280,290'
        : '240,250,260,270,280,290,300,310,320,330,340';
    return `${T0 + second},${second < 30 ? 2 : 4},,Aggregated,10.0,0.0,${p},${first + then},0,200,${mean},10,300,10`;
  }),
  '',
].join('\n');

const HEY = [
  'response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset',
  ...seconds(1000).map(
    (n) => `0.0800,0.0001,0.0000,0.0001,0.0790,0.0001,${n % 50 === 0 ? 503 : 200},${(n / 50).toFixed(4)}`,
  ),
  '',
].join('\n');

const OHA = JSON.stringify({
  summary: {
    successRate: 1,
    total: 20,
    slowest: 0.4,
    fastest: 0.011,
    average: 0.08,
    requestsPerSec: 50,
    totalData: 1,
    sizePerRequest: 1,
    sizePerSec: 1,
  },
  responseTimeHistogram: { 0.1: 1 },
  latencyPercentiles: {
    p10: 0.02,
    p25: 0.05,
    p50: 0.07,
    p75: 0.1,
    p90: 0.14,
    p95: 0.18,
    p99: 0.3,
    'p99.9': 0.39,
    'p99.99': 0.4,
  },
  rps: { mean: 50 },
  details: {},
  statusCodeDistribution: { 200: 980, 503: 20 },
  errorDistribution: { 'aborted due to deadline': 4 },
});

const JMETER = [
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect',
  ...seconds(1000).map(
    (n) =>
      `${1000 * T0 + 20 * n},80,"home, sweet",200,OK,Users 1-1,text,${n % 50 === 0 ? 'false,"a\nb"' : 'true,'},10,10,4,4,http://x/,79,0,1`,
  ),
  '',
].join('\n');

const AB = `This is ApacheBench, Version 2.3 <$Revision: 1 $>

Server Software:        gunicorn
Server Hostname:        127.0.0.1
Server Port:            8000

Document Path:          /
Document Length:        10 bytes

Concurrency Level:      4
Time taken for tests:   20.000 seconds
Complete requests:      1000
Failed requests:        30
   (Connect: 0, Receive: 0, Length: 30, Exceptions: 0)
Non-2xx responses:      20
Total transferred:      1790000 bytes
HTML transferred:       250000 bytes
Requests per second:    50.00 [#/sec] (mean)
Time per request:       80.000 [ms] (mean)
Time per request:       20.000 [ms] (mean, across all concurrent requests)
Transfer rate:          87.41 [Kbytes/sec] received

Connection Times (ms)
              min  mean[+/-sd] median   max
Connect:        0    1   0.1      1       1
Processing:    10   79  20.0     69     399
Waiting:        9   78  20.0     68     398
Total:         11   80  20.0     70     400

Percentage of the requests served within a certain time (ms)
  50%     70
  66%     90
  75%    100
  80%    110
  90%    140
  95%    180
  98%    250
  99%    300
 100%    400 (longest request)
`;

export const SAMPLES = {
  K6_EXPORT,
  K6_HANDLE_SUMMARY,
  K6_MACHINE,
  K6_ARRIVAL_RATE,
  K6_POINTS,
  WRK,
  WRK2,
  VEGETA_REPORT,
  VEGETA_RESULTS,
  LOCUST_STATS,
  LOCUST_HISTORY,
  HEY,
  OHA,
  JMETER,
  AB,
} as const;
