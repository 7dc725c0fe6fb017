import type { CommandSpec } from '../../input/command.js';

export const completionCommand: CommandSpec = {
  name: 'completion',
  summary: 'print shell completion',
  positionals: [
    {
      name: 'shell',
      help: 'the shell to complete for',
      required: true,
      repeatable: false,
      choices: ['bash', 'zsh', 'fish'],
    },
  ],
  options: [],
  examples: [
    {
      command: 'source <(wcalc completion bash)',
      does: 'complete commands, options and values in this shell',
    },
  ],
  load: () => import('./run.js'),
};
