import { type CompletedCommand, type CompletedFlag, completedFlags, positionalWords } from './words.js';

/** A fish script that completes commands, options and values. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const [main, ...others] = commands as readonly [CompletedCommand, ...CompletedCommand[]];
  const names = others.map(({ name }) => name).join(' ');
  const lines = [
    '# fish completion for wcalc; load it with: wcalc completion fish | source',
    'complete -c wcalc -f',
    'complete -c worker-calc -w wcalc',
    ...commands.map(
      ({ name, summary }) => `complete -c wcalc -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ),
    ...commandLines(main, `not __fish_seen_subcommand_from ${names}`),
    ...others.flatMap((command) => commandLines(command, `__fish_seen_subcommand_from ${command.name}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines(command: CompletedCommand, condition: string): readonly string[] {
  const start = `complete -c wcalc -n ${quote(condition)}`;
  const words = positionalWords(command);
  const positional =
    words === undefined ? [`${start} -F`] : words.length > 0 ? [`${start} -a ${quote(words.join(' '))}`] : [];
  return [...completedFlags(command).map((flag) => `${start} ${flagSpec(flag)}`), ...positional];
}

function flagSpec({ flag, help, takes, words }: CompletedFlag): string {
  const value = {
    nothing: '',
    'a file': ' -r -F',
    'a word': ` -x -a ${quote(words.join(' '))}`,
    anything: ' -x',
  }[takes];
  return `-l ${flag.slice(2)}${value} -d ${quote(help)}`;
}

const quote = (text: string): string => `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
