import type { CommandSpec } from '../../input/command.js';
import { fleetOptions } from '../../input/options/fleet.js';
import { requestOptions } from '../../input/options/request.js';
import { fromOutput, fromServer, namesOf, PRINTED } from '../../input/options/select.js';

export const fleetCommand: CommandSpec = {
  name: 'fleet',
  summary:
    'how many copies of which size carry a rate, also while one is lost or replaced, and at what price',
  positionals: [],
  options: [
    ...namesOf(fleetOptions),
    ...(['perWorker', 'shared', 'perThread', 'master', 'reserve'] as const),
    ...namesOf(requestOptions),
    ...namesOf(
      fromServer(
        ...(['server', 'app', 'handlers', 'loop', 'queueTimeout'] as const),
        ...(['workerClass', 'workers', 'threads', 'workerConnections', 'backlog', 'timeout'] as const),
        ...(['keepalive', 'preload', 'gunicorn', 'gil', 'replicas', 'dbPool', 'dbTime'] as const),
        ...(['dbMaxConnections', 'websockets', 'proxy'] as const),
      ),
      fromOutput('config', 'profile', 'quiet', ...PRINTED),
    ),
  ],
  examples: [
    {
      command: "wcalc fleet --per-worker 200 --rate 400/s --service-time 60ms --slo 'p95<250ms'",
      does: 'which pods, how many, with what inside',
    },
    {
      command:
        "wcalc fleet --per-worker 200 --rate 400/s --service-time 60ms --slo 'p95<250ms' --shape 2:4GiB:0.09/h --shape 4:8GiB:0.17/h --format kubernetes",
      does: 'the cheaper of two machines, as a Deployment with its autoscaler and disruption budget',
    },
  ],
  formats: async () => (await import('./formats/formats.js')).FLEET_FORMATS,
  load: () => import('./run.js'),
};
