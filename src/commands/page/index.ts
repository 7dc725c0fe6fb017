import type { CommandSpec } from '../../input/command.js';

export const pageCommand: CommandSpec = {
  name: 'page',
  summary: 'the calculator as one self-contained web page that works without a network',
  positionals: [],
  options: ['output'],
  examples: [
    { command: 'wcalc page --output wcalc.html', does: 'a page to open, to send or to put on a web server' },
  ],
  load: () => import('./run.js'),
};
