import type { CommandSpec } from '../../input/command.js';
import { requestOptions } from '../../input/options/request.js';
import { fromOutput, namesOf, PRINTED } from '../../input/options/select.js';
import { serverOptions } from '../../input/options/server.js';
import { simulateOptions } from '../../input/options/simulate.js';

export const simulateCommand: CommandSpec = {
  name: 'simulate',
  summary: 'discrete-event simulation of the same system that plan models, with confidence intervals',
  positionals: [],
  options: [
    'cores',
    'balancer',
    'balancers',
    ...namesOf(
      requestOptions,
      serverOptions,
      simulateOptions,
      fromOutput('batch', 'config', 'profile', 'quiet', ...PRINTED),
    ),
  ],
  examples: [
    {
      command: 'wcalc simulate --cores 4 --workers 4 --threads 8 --cpu-time 10ms --io-time 40ms --rate 200',
      does: 'response times with 95 % intervals',
    },
    {
      command: 'wcalc simulate --cores 2 --workers 4 --trace requests.csv.gz',
      does: 'the same requests as were measured',
    },
    {
      command:
        'wcalc simulate --cores 2 --workers 4 --service-time 60ms --rate 120 --replicas 4 --balancer round-robin',
      does: 'four replicas behind a balancer, which get the rate together',
    },
  ],
  formats: async () => (await import('./formats/formats.js')).SIMULATE_FORMATS,
  load: () => import('./run.js'),
};
