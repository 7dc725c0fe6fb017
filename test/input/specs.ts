import type { CommandSpec } from '../../src/input/command.js';

const load = async () => ({ run: async () => 0 as const });

/** A command with a bit of everything. */
export const ASK: CommandSpec = {
  name: 'ask',
  summary: 'a command for tests',
  positionals: [],
  options: [
    'cores',
    'mem',
    'perWorker',
    'ioRatio',
    'rate',
    'slo',
    'workers',
    'preload',
    'gil',
    'proxy',
    'workerClass',
    'formula',
    'batch',
    'config',
    'json',
    'format',
    'color',
    'quiet',
  ],
  examples: [{ command: 'wcalc ask --cores 4', does: 'an example' }],
  load,
};

export const READ: CommandSpec = {
  name: 'read',
  summary: 'a command with arguments',
  positionals: [
    { name: 'shell', help: 'the shell', required: true, repeatable: false, choices: ['bash', 'fish'] },
    { name: 'file', help: 'files to read', required: false, repeatable: true },
  ],
  options: ['servers', 'json'],
  examples: [],
  load,
};

export const NOTE: CommandSpec = { ...READ, name: 'note', positionals: [], options: [] };

const HELP: CommandSpec = { ...NOTE, name: 'help' };

export const SPECS: readonly CommandSpec[] = [ASK, READ, NOTE, HELP];
