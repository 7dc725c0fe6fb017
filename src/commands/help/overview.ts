import { wrap } from '../../text/wrap.js';
import type { DescribedCommand } from '../described.js';
import { exampleLines, formatPart, optionParts } from './command-help.js';
import { type PageContext, pairs, section } from './page.js';

/** The page of `wcalc --help`: what it is for, commands, and the options of the default command. */
export function overview(commands: readonly DescribedCommand[], context: PageContext): string {
  const [main] = commands as readonly [DescribedCommand, ...DescribedCommand[]];
  const intro =
    'wcalc plans the capacity of Python app servers: how many workers and threads of which worker class to run, ' +
    'what latency and throughput they will give, and what limits them.';
  return [
    `${wrap(intro, context.width)}\n`,
    section(
      'Usage',
      ['wcalc [options]', 'wcalc COMMAND [options]'].flatMap((line) =>
        wrap(line, context.width - 2, '  ').split('\n'),
      ),
      context,
    ),
    section(
      'Examples',
      commands.flatMap((command) =>
        exampleLines({ ...command, examples: command.examples.slice(0, command === main ? 3 : 1) }, context),
      ),
      context,
    ),
    section(
      'Commands',
      pairs(
        commands.map(({ name, summary }) => [name, summary] as const),
        context,
      ),
      context,
    ),
    `${wrap(`Options of wcalc ${main.name}, the default command; wcalc help COMMAND lists those of another, wcalc help OPTION says more about one.`, context.width)}\n`,
    ...optionParts(main.options, context),
    ...formatPart(main, context),
    section('Sources of values', wrap(SOURCES, context.width - 2).split('\n'), context),
    section('Exit codes', pairs(EXIT_CODES, context), context),
  ].join('\n');
}

const SOURCES =
  'Flags win over environment variables (--per-worker is WCALC_PER_WORKER; several values are separated by ";"), ' +
  'which win over wcalc.yaml or wcalc.json in the working directory or the file of --config (perWorker or per-worker).';

const EXIT_CODES = [
  ['0', 'done; check: all rules pass'],
  ['1', 'check found a violation, or plan found no configuration that meets the objective'],
  ['2', 'wrong usage or input'],
  ['3', 'a file or another source could not be read'],
  ['70', 'a defect in wcalc'],
] as const;
