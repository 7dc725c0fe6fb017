import type { CommandSpec } from '../../input/command.js';
import { machineOptions } from '../../input/options/machine.js';
import { planOptions } from '../../input/options/plan.js';
import { requestOptions } from '../../input/options/request.js';
import { fromOutput, namesOf, PRINTED } from '../../input/options/select.js';
import { serverOptions } from '../../input/options/server.js';
import { sweepOptions } from '../../input/options/sweep.js';

export const sweepCommand: CommandSpec = {
  name: 'sweep',
  summary: 'vary one or two inputs, show the curve (table and chart)',
  positionals: [],
  options: namesOf(
    machineOptions,
    requestOptions,
    planOptions,
    serverOptions,
    sweepOptions,
    fromOutput('config', 'profile', 'chart', 'quiet', ...PRINTED),
  ),
  examples: [
    {
      command: 'wcalc sweep --cores 2 --workers 4 --service-time 80ms --vary rate=5..60',
      does: 'p95 against the rate',
    },
    {
      command: "wcalc sweep --cores 2 --workers 4 --service-time 80ms --find 'rate where p95=250ms'",
      does: 'how much it holds',
    },
  ],
  rewrite: async (argv) => (await import('./uncertain.js')).rangesAsUncertain(argv),
  formats: async () => (await import('./formats/formats.js')).SWEEP_FORMATS,
  load: () => import('./run.js'),
};
