import type { CommandSpec } from '../../input/command.js';
import { detectOptions } from '../../input/options/detect.js';
import { fromOutput, namesOf, PRINTED } from '../../input/options/select.js';

export const detectCommand: CommandSpec = {
  name: 'detect',
  summary: 'read cores, memory limits and running servers from this machine or container',
  positionals: [],
  options: namesOf(detectOptions, fromOutput('quiet', ...PRINTED)),
  examples: [
    { command: 'wcalc detect', does: 'limits in force and running servers' },
    { command: 'wcalc detect --format yaml > wcalc.yaml', does: 'keep what was found for plan and check' },
  ],
  formats: async () => (await import('./formats/formats.js')).DETECT_FORMATS,
  load: () => import('./run.js'),
};
