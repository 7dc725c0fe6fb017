import { type CompletedCommand, type CompletedFlag, completedFlags } from './words.js';

/** A zsh script that completes commands, options and values. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name);
  return `#compdef wcalc worker-calc
# zsh completion for wcalc; load it with: source <(wcalc completion zsh)
_wcalc() {
  local command=${names[0]}
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quote(`${name}:${summary.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
    return
  fi
  if [[ " ${names.join(' ')} " == *" $words[2] "* ]]; then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  fi
  case $command in
${commands.map(commandCase).join('\n')}
  esac
}
if [[ $funcstack[1] == _wcalc ]]; then _wcalc "$@"; else compdef _wcalc wcalc worker-calc; fi
`;
}

function commandCase(command: CompletedCommand): string {
  const specs = [...completedFlags(command).map(flagSpec), ...positionalSpecs(command)];
  return `    ${command.name})\n      _arguments \\\n${specs.map((spec) => `        ${quote(spec)}`).join(' \\\n')}\n      ;;`;
}

function flagSpec({ flag, help, takes, words, placeholder, repeatable }: CompletedFlag): string {
  const name = `${repeatable ? '*' : ''}${flag}${takes === 'nothing' ? '' : '='}`;
  const action = { nothing: '', 'a file': '_files', 'a word': `(${words.join(' ')})`, anything: ' ' }[takes];
  return `${name}[${plain(help)}]${takes === 'nothing' ? '' : `:${placeholder}:${action}`}`;
}

const positionalSpecs = ({ positionals, suggested }: CompletedCommand): readonly string[] =>
  positionals.map(({ name, help, choices, repeatable }) => {
    const words = choices ?? suggested[name];
    const action = words ? `(${words.join(' ')})` : '_files';
    return `${repeatable ? '*' : ''}:${plain(help)}:${action}`;
  });

/** Text without the characters that \`_arguments\` reads as its own. */
const plain = (text: string): string => text.replace(/[[\]:\\]/g, (character) => `\\${character}`);

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
