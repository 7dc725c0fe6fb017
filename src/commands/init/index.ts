import type { CommandSpec } from '../../input/command.js';

export const initCommand: CommandSpec = {
  name: 'init',
  summary: 'write a commented wcalc.yaml from the files of a project and the server that runs here',
  positionals: [
    {
      name: 'files',
      help: 'files or directories that say how the server is started; without any, the known names of the working directory',
      required: false,
      repeatable: true,
    },
  ],
  options: ['env', 'output'],
  examples: [
    {
      command: 'wcalc init',
      does: 'wcalc.yaml for this project, with what it could not know to be filled in',
    },
    {
      command: 'wcalc init branch/ --output branch/wcalc.yaml',
      does: 'from the files there, for that place',
    },
  ],
  load: () => import('./run.js'),
};
