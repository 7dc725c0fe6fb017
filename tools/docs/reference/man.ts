import { usageLine } from '../../../src/commands/help/command-help.js';
import { byGroup, helpOf, usageOf } from '../../../src/commands/help/words.js';
import type { CommandSpec } from '../../../src/input/command.js';
import { OPTIONS, type OptionName } from '../../../src/input/options.js';
import { optionOf } from '../../../src/input/value.js';
import { environmentNameOf } from '../../../src/text/names.js';

/** The man page in the man macros of roff, from the tables that the program itself reads. */
export function manPage(commands: readonly CommandSpec[], version: string): string {
  const lines = [
    `.TH WCALC 1 "" "wcalc ${version}" "User Commands"`,
    '.SH NAME',
    roff('wcalc, worker-calc - plan the capacity of Python app servers'),
    '.SH SYNOPSIS',
    ...commands.flatMap((command, at) => [
      `.B ${roff(at === 0 ? usageLine(command).replace(` ${command.name}`, '') : usageLine(command))}`,
      '.br',
    ]),
    '.SH DESCRIPTION',
    roff(
      'Given what a machine has, what one worker costs and what a request does, wcalc says how many workers and threads of which worker class to run, what latency and throughput that will give, and what limits it.',
    ),
    '.SH COMMANDS',
    ...commands.flatMap(({ name, summary }) => term(name, summary)),
    '.SH OPTIONS',
    ...[...byGroup(Object.keys(OPTIONS) as OptionName[])].flatMap(([group, names]) => [
      `.SS ${roff(group)}`,
      ...names.flatMap((name) =>
        term(usageOf(name), `${sentence(helpOf(name))} ${accepted(name, commands)}`),
      ),
    ]),
    '.SH ENVIRONMENT',
    roff(
      `Options have a variable each: --per-worker is ${environmentNameOf('perWorker')}. Several values are separated by ";". NO_COLOR and FORCE_COLOR are honoured; with WCALC_DEBUG, a defect shows its stack.`,
    ),
    '.SH FILES',
    roff(
      'wcalc.yaml, wcalc.yml or wcalc.json in the working directory, or the file of --config, holds options by name (perWorker or per-worker). Flags win over the environment, which wins over the file.',
    ),
    '.SH EXIT STATUS',
    ...term('0', 'Done; check: all rules pass.'),
    ...term('1', 'check found a violation, or plan found no configuration that meets the objective.'),
    ...term('2', 'Wrong usage or input.'),
    ...term('3', 'A file or another source could not be read.'),
    ...term('70', 'A defect in wcalc.'),
    '.SH EXAMPLES',
    ...commands.flatMap(({ examples }) =>
      examples.flatMap(({ command, does }) => [
        '.PP',
        roff(`${sentence(does)}`),
        '.PP',
        '.nf',
        '.RS',
        roff(command),
        '.RE',
        '.fi',
      ]),
    ),
    '',
  ];
  return lines.join('\n');
}

function accepted(name: OptionName, commands: readonly CommandSpec[]): string {
  const { type } = optionOf(name);
  const owners = commands.filter((command) => command.options.includes(name)).map((command) => command.name);
  const values = type.isSwitch || type.choices ? '' : `Accepted: ${type.accepts}. `;
  return `${values}Used by ${owners.join(', ') || 'none'}.`;
}

const term = (tag: string, meaning: string): readonly string[] => ['.TP', `.B ${roff(tag)}`, roff(meaning)];

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

/** Text without the characters that roff reads as its own, in ASCII. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^([.'])/, '\\&$1')
    .replace(
      /[^ -~]/g,
      (character) => `\\[u${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
    );
