import type { CommandSpec } from '../../input/command.js';
import { machineOptions } from '../../input/options/machine.js';
import { planOptions } from '../../input/options/plan.js';
import { requestOptions } from '../../input/options/request.js';
import { fromOutput, namesOf, PRINTED } from '../../input/options/select.js';
import { serverOptions } from '../../input/options/server.js';

export const explainCommand: CommandSpec = {
  name: 'explain',
  summary: 'the rule, formula, source and limits behind a name that wcalc prints',
  positionals: [{ name: 'topic', help: 'a name that wcalc prints', required: false, repeatable: true }],
  options: namesOf(
    machineOptions,
    requestOptions,
    planOptions,
    serverOptions,
    fromOutput('config', 'profile', ...PRINTED),
  ),
  examples: [
    { command: 'wcalc explain', does: 'list the topics' },
    {
      command: 'wcalc explain cpu-heuristic memory-bound --cores 4 --mem 1024 --per-worker 256',
      does: 'why two strategies disagree, with your numbers',
    },
  ],
  suggests: async () => ({ topic: (await import('./topics.js')).TOPICS.map(({ id }) => id) }),
  load: () => import('./run.js'),
};
