import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from '../../../src/main.js';
import { JSON_FORMATS } from '../../../src/observe/logs/known/json/index.js';
import { LINE_FORMATS } from '../../../src/observe/logs/known/lines/index.js';
import { madeUpHost } from '../../../test/made-up-host.js';
import { SAMPLES } from '../../../test/observe/load-tests/samples.js';
import { metricsText } from '../../../test/observe/prometheus/exporter.js';
import { watchesWeb } from '../../../test/observe/prometheus/fake-server.js';

/** Sound inputs of every reader, from which hostile ones are made. */

/** Texts of the fixtures below a folder of the repository, which is the working directory; none elsewhere. */
function fixturesBelow(folder: string, isWanted: (name: string) => boolean): readonly NamedText[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not there: start in the repository's folder`);
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return fixturesBelow(path, isWanted);
      return isWanted(name) ? [{ name: basename(path), text: readFileSync(path, 'utf8') }] : [];
    });
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

const textsOf = (files: readonly NamedText[]): readonly string[] => files.map(({ text }) => text);

/** Files of servers and platforms, one for each rule and more. */
export const DEPLOYMENT_FILES: readonly NamedText[] = fixturesBelow(
  'fixtures/check',
  (name) => !/^(options|expected\.\w+)$/.test(name),
);

/** Machines as `/proc` and `/sys` show them. */
export const MACHINES: readonly string[] = textsOf(
  fixturesBelow('fixtures/proc', (name) => name.endsWith('.tree')),
);

export const LOAD_TESTS: readonly string[] = Object.values(SAMPLES).map((text) => text.slice(0, 20_000));

export const RATES = `time,rate\n${Array.from({ length: 24 }, (_, hour) => `${hour}:00,${20 + hour}`).join('\n')}\n`;

export const CONFIG =
  'cores: 2\nmem: 1GiB\nperWorker: 200\nrate: 20\ncpu-time: 10ms\nslo:\n  - p95<250ms\nrules:\n  timeout-off: off\nlaws:\n  cpu: [1, 2, 3]\n';

export const PROJECT: Readonly<Record<string, string>> = {
  'gunicorn.conf.py':
    'import os, multiprocessing\nworkers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2 + 1))\nthreads = 4 if workers > 2 else 1\nworker_class = "gthread"\ntimeout = 30\nbind = f"0.0.0.0:{os.getenv(\'PORT\', 8000)}"\ndef f(x):\n    return [x, x]\na = f(f(1))\nif a == [1]:\n    backlog = 64\nmax_requests = 1000\n',
  Procfile: 'web: gunicorn -w $WEB_CONCURRENCY --threads 2 app:app --timeout 60\nworker: celery -A app\n',
  Dockerfile:
    'ARG N=2\nFROM python:3.12 AS base\nENV WEB_CONCURRENCY=$N A="b c"\nFROM base\nCOPY start.sh /start.sh\nCMD ["gunicorn", "-w", "4", "app:app"]\n',
  'compose.yaml':
    'x-base: &base\n  image: app\nservices:\n  web:\n    <<: *base\n    command: gunicorn -w $W app:app\n    env_file: .env\n    environment: {WEB_CONCURRENCY: "3"}\n    deploy:\n      replicas: 2\n      resources: {limits: {cpus: "1.5", memory: 512M}}\n',
  'k8s.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: web\n          command: [gunicorn, app:app, -w, "4"]\n          env: [{name: WEB_CONCURRENCY, value: "2"}]\n          resources: {limits: {cpu: 500m, memory: 512Mi}}\n---\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  gunicorn.conf.py: |\n    workers = 3\n',
  'web.service':
    '[Service]\nEnvironment="WEB_CONCURRENCY=3" A=1\nExecStart=/usr/bin/gunicorn app:app \\\n  -w 2\nCPUQuota=150%\nMemoryMax=1G\nTimeoutStopSec=1min\n',
  'start.sh':
    '#!/bin/bash\nset -e\nif [ "$A" = b ]; then export WEB_CONCURRENCY=4; else W=2; fi\nfor i in 1 2; do X="$X$i"; done\nexec gunicorn -w "$WEB_CONCURRENCY" app:app "$@"\n',
  '.env': 'WEB_CONCURRENCY=4 # four\nexport A="b"\nGUNICORN_CMD_ARGS="--threads 2"\n',
};

const many = (line: (n: number) => string): string =>
  Array.from({ length: 30 }, (_, n) => line(n)).join('\n');

const WRITTEN_LOGS: readonly string[] = [
  many(
    (n) =>
      `10.0.0.1 - - [28/Jul/2025:10:00:${10 + n} +0000] "GET /a${n % 3} HTTP/1.1" 200 5 "-" "x" ${900 + n * 70}`,
  ),
  many((n) =>
    JSON.stringify({ time: `2025-07-28T10:00:${10 + n}Z`, duration_ms: 5 + n, path: `/a${n}`, status: 200 }),
  ),
  `time,duration,status\n${many((n) => `2025-07-28T10:00:${10 + n}Z,0.0${10 + n},200`)}`,
  many(
    (n) =>
      `[pid: 12|app: 0|req: ${n}/${n}] 10.0.0.1 () {1 vars in 2 bytes} [Mon Jul 28 10:00:${10 + n} 2025] GET /a => generated 5 bytes in ${5 + n} msecs (HTTP/1.1 200) 1 headers in 2 bytes (1 switches on core 0)`,
  ),
];

export const BATCHES: readonly string[] = [
  '{"cores":2,"mem":"1GiB","perWorker":200,"rate":20,"cpuTime":"10ms"}\n{"cores":1,"workers":2,"mem":512,"perWorker":100}\n\n',
  '{"model":"M/M/c","servers":3,"rate":2,"serviceTime":"1s"}\n{"model":"M/D/c","servers":2,"rate":1,"serviceTime":1000}\n{"model":"M/M/c/K","servers":2,"capacity":5,"rate":3,"serviceTime":900}\n',
];

export const LOGS: readonly string[] = [
  ...WRITTEN_LOGS,
  ...textsOf(fixturesBelow('fixtures/logs', (name) => name.endsWith('.log'))),
  ...[...LINE_FORMATS, ...JSON_FORMATS].flatMap(({ examples }) =>
    examples.map(({ line }) => many(() => line)),
  ),
];

/** What `fit --format profile` writes, which `--merge` and `--profile` read. */
export const FIT_PROFILE = await fitProfileOf(WRITTEN_LOGS[1]!);

async function fitProfileOf(log: string): Promise<string> {
  const { host, out, err } = madeUpHost(['fit', 'a.log', '--format', 'profile'], { files: { 'a.log': log } });
  if ((await run(host)) !== 0) throw new Error(err());
  return out();
}

/** How a Prometheus is asked, for few samples. */
export const METRICS_ASKED: readonly string[] = ['fit', '--prometheus', 'http://p', '--since', '10min'];

/** What it answers, question by question. */
export const PROMETHEUS_ANSWERS = await answersOf(METRICS_ASKED);

async function answersOf(argv: readonly string[]): Promise<readonly string[]> {
  const answers: string[] = [];
  const web = watchesWeb((second) => 5 + Math.sin(second));
  const { host, err } = madeUpHost(argv, {
    answer(url) {
      const answer = web(url);
      answers.push(answer.text);
      return answer;
    },
  });
  if ((await run(host)) !== 0) throw new Error(err());
  return answers;
}

const SERVICE = { perSecond: 1, meanSeconds: 0.08, cpuSeconds: 0.02, memoryBytes: 150 * 2 ** 20 };
const LOOK = metricsText(SERVICE, 1000);

/** Looks at /metrics, a course of samples in OpenMetrics, and answers of query_range with classic and native histograms. */
export const METRICS: readonly string[] = [
  LOOK,
  `${[0, 60, 120].map((at) => LOOK.replaceAll(/^([^#\n].*)$/gm, `$1 ${1_700_000_000 + at}`)).join('')}# EOF\n`,
  'gunicorn_request_duration{quantile="0.5"} NaN\ngunicorn_request_duration_sum 40\ngunicorn_request_duration_count 500\n',
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: ['web-1', 'web-2'].map((pod) => ({
        metric: { __name__: 'http_requests_total', pod },
        values: many((n) => `${n}`)
          .split('\n')
          .map((_, n) => [1_700_000_000 + 60 * n, String(600 * n)]),
      })),
    },
  }),
  JSON.stringify([
    {
      metric: { __name__: 'http_request_duration_seconds', pod: 'web-1' },
      histograms: [1, 2, 3].map((n) => [
        1_700_000_000 + 60 * n,
        {
          count: String(100 * n),
          sum: String(9 * n),
          buckets: [
            [0, '0.05', '0.1', String(60 * n)],
            [0, '0.1', '0.2', String(40 * n)],
          ],
        },
      ]),
    },
  ]),
];
