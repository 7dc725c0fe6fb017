import type { CommandSpec } from '../../input/command.js';
import { checkOptions } from '../../input/options/check.js';
import { machineOptions } from '../../input/options/machine.js';
import { requestOptions } from '../../input/options/request.js';
import { fromOutput, fromServer, namesOf, PRINTED } from '../../input/options/select.js';

export const checkCommand: CommandSpec = {
  name: 'check',
  summary: 'judge existing configuration files against the resources and the objective; for CI',
  positionals: [
    {
      name: 'file',
      help: 'gunicorn.conf.py, uwsgi.ini, hypercorn.toml, Procfile, Dockerfile, compose or Kubernetes YAML, systemd unit, .env, script, or a directory; without any, the known names of the working directory',
      required: false,
      repeatable: true,
    },
  ],
  options: [
    ...namesOf(checkOptions, machineOptions, requestOptions),
    'machineCores',
    ...namesOf(
      fromServer(
        'server',
        'handlers',
        'loop',
        'gunicorn',
        'gil',
        'replicas',
        'dbPool',
        'dbTime',
        'dbMaxConnections',
        'websockets',
        'proxy',
      ),
    ),
    ...(['balancer', 'balancers', 'priceCore', 'priceMem'] as const),
    ...namesOf(fromOutput('config', 'profile', 'detect', 'explain', 'quiet', ...PRINTED)),
  ],
  examples: [
    {
      command: 'wcalc check --cores 2 --mem 1GiB --per-worker 200',
      does: 'the files of this directory against a machine',
    },
    {
      command: "wcalc check compose.yaml Dockerfile --rate 80/s --service-time 60ms --slo 'p95<250ms'",
      does: 'and against an objective; limits are read from the files',
    },
    {
      command: 'wcalc check uwsgi.ini --to granian --cores 2 --service-time 60ms --rate 40/s',
      does: 'its settings as those of another server, and what changes',
    },
    { command: 'wcalc check --diff main/ branch/ --format markdown', does: 'what a change does' },
  ],
  formats: async () => (await import('./formats/formats.js')).CHECK_FORMATS,
  suggests: async () => ({ rule: (await import('../../check/registry.js')).RULE_IDS }),
  load: () => import('./run.js'),
};
