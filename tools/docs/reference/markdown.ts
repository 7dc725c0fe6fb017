import { usageLine } from '../../../src/commands/help/command-help.js';
import { byGroup, usageOf } from '../../../src/commands/help/words.js';
import type { CommandSpec } from '../../../src/input/command.js';
import { SECTIONS } from '../../../src/input/config/sections.js';
import { OPTIONS, type OptionName } from '../../../src/input/options.js';
import { optionOf } from '../../../src/input/value.js';
import { environmentNameOf } from '../../../src/text/names.js';

/** docs/reference.md: every command and option, from the tables that the program itself reads. */
export function referencePage(commands: readonly CommandSpec[]): string {
  return [
    '# Reference',
    'Made from the option table of the program by `npm run reference`.',
    '## Commands',
    table(
      ['command', 'does'],
      commands.map((command) => [code(usageLine(command)), command.summary]),
    ),
    ...commands.filter(({ options }) => options.length > 0).map(commandPart),
    '## Options',
    'A value is a bare number in the default unit or a number with a unit. Flags win over environment variables, which win over `wcalc.yaml`, `wcalc.yml` or `wcalc.json` in the working directory or the file of `--config`. A file names options as the last column does, or as flags do (`per-worker`); several values of a variable are separated by `;`. A key without a variable is taken from a file named with `--config` only, not from one that was found: [why](../SECURITY.md).',
    ...[...byGroup(Object.keys(OPTIONS) as OptionName[])].flatMap(([group, names]) => [
      `### ${group}`,
      table(['option', 'meaning', 'accepted', 'default', 'variable', 'key'], names.map(optionRow)),
    ]),
    '### Sections of the configuration file',
    table(
      ['key', 'holds'],
      Object.entries(SECTIONS).map(([key, holds]) => [code(key), holds]),
    ),
    '',
  ].join('\n\n');
}

function commandPart({ name, options, examples }: CommandSpec): string {
  const flags = options.map((option) => code(`--${usageOf(option).split(/[ ,]/)[0]!.slice(2)}`)).join(', ');
  const shown = examples.map(({ command, does }) => `# ${does}\n${command}`).join('\n');
  const block = examples.length > 0 ? `\n\n\`\`\`sh\n${shown}\n\`\`\`` : '';
  return `### wcalc ${name}${block}\n\n${flags}`;
}

function optionRow(name: OptionName): readonly string[] {
  const { type, help, fallback, repeatable, flagOnly, power } = optionOf(name);
  return [
    code(usageOf(name)),
    repeatable ? `${help} (repeatable)` : help,
    type.accepts,
    fallback ?? '',
    flagOnly || typeof power === 'string' ? '' : code(environmentNameOf(name)),
    flagOnly ? '' : code(name),
  ];
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const cell = (text: string): string => text.replace(/(?<!\\)\|/g, '\\|').replaceAll('<', '&lt;');

const inCode = (text: string): string => (text.startsWith('`') ? text : cell(text));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(inCode))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
