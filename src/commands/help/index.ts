import type { CommandSpec } from '../../input/command.js';
import { flagOf } from '../../text/names.js';

export const helpCommand: CommandSpec = {
  name: 'help',
  summary: 'explain a command or an option',
  positionals: [{ name: 'topic', help: 'a command or an option', required: false, repeatable: false }],
  options: ['color', 'width'],
  examples: [{ command: 'wcalc help io-ratio', does: 'all about one option' }],
  suggests: async (commands) => ({
    topic: [
      ...commands.map(({ name }) => name),
      ...[...new Set(commands.flatMap(({ options }) => options))].map((name) => flagOf(name).slice(2)),
    ],
  }),
  load: () => import('./run.js'),
};
