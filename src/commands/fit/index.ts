import type { CommandSpec } from '../../input/command.js';
import { fitOptions } from '../../input/options/fit.js';
import { fromOutput, fromServer, namesOf, PRINTED } from '../../input/options/select.js';

export const fitCommand: CommandSpec = {
  name: 'fit',
  summary:
    'learn the workload (rate, service-time distribution, I/O share) from access logs, load tests or Prometheus',
  positionals: [
    {
      name: 'log',
      help: 'access log, plain or packed (gzip, zstd, bzip2); - is stdin; with --merge a profile',
      required: false,
      repeatable: true,
    },
  ],
  options: [
    ...namesOf(fitOptions),
    'cores',
    ...([
      'ioRatio',
      'serviceTime',
      'cpuTime',
      'ioTime',
      'cv',
      'cpuCv',
      'ioCv',
      'overhead',
      'ioCalls',
    ] as const),
    ...namesOf(
      fromServer(
        ...(['server', 'workerClass', 'app', 'handlers', 'loop', 'workers', 'threads'] as const),
        ...(['workerConnections', 'backlog', 'timeout', 'keepalive', 'gunicorn', 'gil'] as const),
      ),
      fromOutput('detect', 'quiet', ...PRINTED),
    ),
  ],
  examples: [
    { command: 'wcalc fit access.log', does: 'rate, service times, routes, skew between workers' },
    {
      command: 'wcalc fit access.log* --format yaml > profile.yaml',
      does: 'a profile for wcalc plan --profile',
    },
    {
      command:
        'wcalc fit --load-test k6-*.json --cores 2 --workers 4 --cpu-time 20ms --io-time 60ms --compare',
      does: 'how the server scales, and the CPU and I/O time that explain it',
    },
    {
      command: 'wcalc fit --prometheus http://prometheus:9090 --since 7d',
      does: 'rate, durations, CPU time and memory, as a Prometheus has seen them',
    },
    {
      command: 'wcalc fit --merge web-1.json web-2.json',
      does: 'what reading all their logs at once would give, from profiles of fit --format profile',
    },
  ],
  formats: async () => (await import('./formats/formats.js')).FIT_FORMATS,
  load: () => import('./run.js'),
};
