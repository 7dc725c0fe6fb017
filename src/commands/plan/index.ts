import type { CommandSpec } from '../../input/command.js';
import { machineOptions } from '../../input/options/machine.js';
import { outputOptions } from '../../input/options/output.js';
import { planOptions } from '../../input/options/plan.js';
import { requestOptions } from '../../input/options/request.js';
import { namesOf } from '../../input/options/select.js';
import { serverOptions } from '../../input/options/server.js';

export const planCommand: CommandSpec = {
  name: 'plan',
  summary: 'recommend a configuration and compare the alternatives (default command)',
  positionals: [],
  options: namesOf(machineOptions, requestOptions, planOptions, serverOptions, outputOptions),
  examples: [
    {
      command: 'wcalc --cores 4 --mem 1024 --per-worker 256',
      does: 'workers, threads and class for a machine',
    },
    {
      command: "wcalc --cores 500m --mem 512Mi --per-worker 120 --io-ratio 90% --rate 20/s --slo 'p95<500ms'",
      does: 'for a small pod, so that 95% of the requests are answered within 500 ms',
    },
    {
      command: 'wcalc --cores 4 --mem 1024 --per-worker 256 --json',
      does: 'the same for a program to read',
    },
  ],
  formats: async () => (await import('./formats/formats.js')).PLAN_FORMATS,
  load: () => import('./run.js'),
};
