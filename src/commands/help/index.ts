import type { CommandSpec } from '../../input/command.js';

export const helpCommand: CommandSpec = {
  name: 'help',
  summary: 'explain a command or an option',
  positionals: [{ name: 'topic', help: 'a command or an option', required: false, repeatable: false }],
  options: ['color', 'width'],
  examples: [{ command: 'wcalc help io-ratio', does: 'all about one option' }],
  load: () => import('./run.js'),
};
