import { machineOptions } from '../parse/options/machine.js';
import { outputOptions } from '../parse/options/output.js';
import { requestOptions } from '../parse/options/request.js';
import { serverOptions } from '../parse/options/server.js';
import type { OptionName } from '../parse/options.js';
import type { CommandSpec } from './command.js';

const names = <K extends OptionName>(
  ...tables: readonly Readonly<Partial<Record<K, unknown>>>[]
): OptionName[] => tables.flatMap((table) => Object.keys(table) as OptionName[]);

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'plan',
    summary: 'recommend a configuration and compare the alternatives (default command)',
    positionals: [],
    options: names(machineOptions, requestOptions, serverOptions, outputOptions),
    examples: [
      {
        command: 'wcalc --cores 4 --mem 1024 --per-worker 256',
        does: 'workers, threads and class for a machine',
      },
    ],
    load: () => import('./plan.js'),
  },
];
