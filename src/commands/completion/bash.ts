import { type CompletedCommand, type CompletedFlag, completedFlags, positionalWords } from './words.js';

/** A bash script that completes commands, options and values. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# bash completion for wcalc; load it with: source <(wcalc completion bash)
_wcalc() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=${commands[0]!.name}
  COMPREPLY=()
  if [[ $cur == '=' ]]; then cur=''; fi
  if [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  case " ${names} " in
    *" \${COMP_WORDS[1]} "*) if (( COMP_CWORD > 1 )); then command=\${COMP_WORDS[1]}; fi ;;
  esac
  case "$command:$prev" in
${commands.flatMap(valueCases).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${commands.map((command) => `      ${command.name}) COMPREPLY=($(compgen -W '${flagWords(command)}' -- "$cur")) ;;`).join('\n')}
    esac
  elif (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '${names}' -- "$cur"))
  else
    case $command in
${commands.map((command) => `      ${command.name}) ${positionals(command)} ;;`).join('\n')}
    esac
  fi
}
complete -F _wcalc wcalc worker-calc
`;
}

const flagWords = (command: CompletedCommand): string =>
  completedFlags(command)
    .map(({ flag }) => flag)
    .join(' ');

function valueCases(command: CompletedCommand): readonly string[] {
  const flags = completedFlags(command);
  const taking = (takes: CompletedFlag['takes']) => flags.filter((flag) => flag.takes === takes);
  const pattern = (some: readonly CompletedFlag[]) =>
    some.map(({ flag }) => `${command.name}:${flag}`).join('|');
  const cases = taking('a word').map(
    (flag) =>
      `    ${pattern([flag])}) COMPREPLY=($(compgen -W '${flag.words.join(' ')}' -- "$cur")); return ;;`,
  );
  const files = taking('a file');
  if (files.length > 0) cases.push(`    ${pattern(files)}) ${FILES}; return ;;`);
  const anything = taking('anything');
  if (anything.length > 0) cases.push(`    ${pattern(anything)}) return ;;`);
  return cases;
}

const FILES = 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';

function positionals(command: CompletedCommand): string {
  const words = positionalWords(command);
  if (words === undefined) return FILES;
  return `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$cur"))`;
}
