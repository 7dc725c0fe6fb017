import type { CommandSpec } from '../../input/command.js';
import { queueOptions } from '../../input/options/queue.js';
import { fromOutput, namesOf, PRINTED } from '../../input/options/select.js';

export const queueCommand: CommandSpec = {
  name: 'queue',
  summary: 'one textbook queue by its Kendall name',
  positionals: [
    {
      name: 'model',
      help: 'M/M/c, M/M/c/K, M/D/c, M/G/1, M/G/1-PS, M/G/c, GI/M/c, G/G/c, M/M/c//N, closed',
      required: false,
      repeatable: false,
    },
  ],
  options: [
    ...namesOf(queueOptions),
    'rate',
    'serviceTime',
    'cv',
    'slo',
    ...namesOf(fromOutput('batch', 'config', 'quiet', ...PRINTED)),
  ],
  examples: [
    {
      command: 'wcalc queue M/M/c --servers 10 --rate 8 --service-time 1s',
      does: 'waiting and response times of ten servers',
    },
    {
      command: "wcalc queue M/M/c --slo 'p95Wait<50ms' --rate 120 --service-time 85ms",
      does: 'the fewest servers with which 95% wait for less than 50 ms',
    },
    {
      command: 'wcalc queue closed --population 20 --think-time 1s --demand 200ms --demand 400ms@8',
      does: 'a closed network of one server and a group of eight',
    },
  ],
  formats: async () => (await import('./formats/formats.js')).QUEUE_FORMATS,
  suggests: async () => ({
    model: [...(await import('./models.js')).MODELS.map(({ name }) => name), 'closed'],
  }),
  load: () => import('./run.js'),
};
