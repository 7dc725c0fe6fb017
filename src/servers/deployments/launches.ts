import type { Environment, Surroundings } from '../../files/reading.js';
import {
  type CommandText,
  type CommandWord,
  literal,
  type Place,
  placedCommands,
  scriptOf,
} from '../../files/shell/command-text.js';
import { followScript, type Reached } from '../../files/shell/follow.js';
import { resolveParts } from '../../files/shell/resolve-word.js';
import { baseName, type Source } from '../../files/text-file.js';
import type { Launch, LaunchContext } from './launch.js';
import { withIncomplete, withMore } from './launch-environment.js';
import { isKnownProgram, isOwnScript, programLaunches, taskRunner } from './own-programs.js';
import { namesServer, onlyMentions, programOf, servesNothing } from './programs.js';
import { givesSize, missing, runByTask, type Start, withoutProgram } from './unread-starts.js';
import { unwrap } from './wrappers.js';

interface Step {
  readonly environment: Environment;
  readonly condition: string | null;
  readonly scripts: readonly Source[];
  readonly depth: number;
}

const DEEPEST = 6;
const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

/** Follows a command to the programs that it starts, through shells, scripts and wrappers; null where it cannot be read. */
export function launchesOf(command: CommandText, context: LaunchContext): readonly Launch[] | null {
  const step: Step = { environment: context.outer.environment, condition: null, scripts: [], depth: 0 };
  if (command.kind === 'line' && command.isShell)
    return scriptLaunches(command.text, command.place, [], step, context);
  const commands = placedCommands(command);
  return (
    commands?.flatMap(({ words }) => withoutShell(words, step) ?? wordsLaunches(words, step, context)) ?? null
  );
}

/** `python manage.py migrate && gunicorn …` where the words are not read by a shell. */
function withoutShell(words: readonly CommandWord[], step: Step): readonly Launch[] | null {
  const texts = words.map((word) => literal(word) ?? '');
  const index = texts.findIndex((text) => /^(&&|\|\|?|;|&)$/.test(text));
  if (index < 0) return null;
  const program = programOf(texts.slice(index + 1)) ?? programOf(texts.slice(0, index));
  if (!program || !isKnownProgram(texts[unwrap(texts).head] ?? '')) return null;
  const { condition, scripts } = step;
  return [
    {
      kind: 'no-shell',
      at: words[index]!.at,
      condition,
      scripts,
      operator: texts[index]!,
      program: texts[unwrap(texts).head] ?? '',
      server: program.title ?? program.name,
    },
  ];
}

/** The programs that a script by itself may start, whatever it is given. */
export function launchesOfScript(source: Source, context: LaunchContext): readonly Launch[] | null {
  const step: Step = { environment: context.outer.environment, condition: null, scripts: [source], depth: 0 };
  return scriptLaunches(source.text, wholeOf(source), null, step, context);
}

const wholeOf = (source: Source): Place => ({ source, from: 0, to: source.text.length });

function scriptLaunches(
  text: string,
  place: Place,
  args: readonly CommandWord[] | null,
  step: Step,
  context: LaunchContext,
): readonly Launch[] | null {
  const followed = followScript(text, place, {
    outer: { ...context.outer, environment: step.environment },
    args,
    locked: context.locked,
    script: place.from === 0 && place.source.text === text ? place.source.file : null,
    source: (path) => context.script(path)?.text ?? null,
  });
  if (!followed) return null;
  const launches = followed.reached.flatMap((one) => reachedLaunches(one, step, context));
  const isLost = followed.fails && !launches.some(({ kind }) => kind === 'server') && namesServer(text);
  return isLost ? [...launches, failing(place, step)] : launches;
}

/** A script that starts a server on some way, and by what is known ends with an error before it. */
const failing = ({ source, from }: Place, { condition, scripts }: Step): Launch => ({
  kind: 'unread',
  at: source.at(from),
  condition,
  scripts,
  what: 'a script that ends with an error before its server, as it was read',
  give: 'give the variables that it needs with --env NAME=VALUE, or write what it starts on the command line',
});

function reachedLaunches(
  { words, state, condition }: Reached,
  step: Step,
  context: LaunchContext,
): readonly Launch[] {
  const { names } = step.environment;
  const environment: Environment = {
    get: (name) => {
      const own = state.exported.has(name) ? state.variables.get(name) : undefined;
      return own?.kind === 'text' ? own.reading : step.environment.get(name);
    },
    incomplete: state.incomplete,
    ...(names && { names: () => new Set([...names(), ...state.exported]) }),
  };
  return wordsLaunches(words, { ...step, environment, condition: step.condition ?? condition }, context);
}

function wordsLaunches(words: readonly CommandWord[], step: Step, context: LaunchContext): readonly Launch[] {
  const outer: Surroundings = { ...context.outer, environment: step.environment };
  const texts = words.map((word) => {
    const reading = resolveParts(word.parts, word.at, outer);
    if (reading.known) return reading.value;
    return word.parts.length === 1 ? reading.program : inUnknownDirectory(word);
  });
  const { head, assignments, adds } = unwrap(texts);
  const first = words[head];
  if (!first) return [];
  const inside: Step = {
    ...step,
    depth: step.depth + 1,
    environment: withMore(step.environment, words, assignments, adds, outer),
  };
  const base = { at: first.at, condition: step.condition, scripts: step.scripts };
  if (inside.depth > DEEPEST)
    return [
      { ...base, kind: 'unread', what: 'scripts that start each other without end', give: 'mend them' },
    ];
  const rest = texts.slice(head).map((text) => text ?? '');
  const name = baseName(rest[0]!);
  if (onlyMentions(rest)) return [];
  if (SHELLS.has(name)) return shellLaunches(words.slice(head), rest, inside, context, base);
  if (name === 'su') return suLaunches(words.slice(head), rest, inside, context, base);
  const task = taskRunner(rest);
  if (task !== null) return [runByTask(base, task, rest)];
  const program = programOf(rest);
  const script = isOwnScript(rest[0]!) ? context.script(rest[0]!) : null;
  if (script) return scriptFile(script, words.slice(head + 1), inside, context, base);
  if (program) {
    const args = words.slice(head + program.upTo);
    if (
      servesNothing(
        program,
        args.map((word) => literal(word) ?? ''),
      )
    )
      return [];
    const through = program.upTo > 1 && isOwnScript(rest[0]!) ? `${rest[0]}, which was not given` : null;
    return [
      {
        ...base,
        kind: 'server',
        at: words[head + program.upTo - 1]!.at,
        program: program.name,
        title: program.title,
        server: program.server,
        args,
        environment: through === null ? inside.environment : withIncomplete(inside.environment, through),
      },
    ];
  }
  if (texts[head] === undefined) {
    const reading = resolveParts(first.parts, first.at, outer);
    const why = reading.known ? '' : `: ${reading.why}`;
    return [
      {
        ...base,
        kind: 'unread',
        what: `a program that is not known${why}`,
        give: 'give the variable with --env NAME=VALUE, or the file that sets it',
      },
    ];
  }
  if (isOwnScript(rest[0]!)) return [missing(base, rest[0]!)];
  if (rest[0]!.startsWith('-') && givesSize(rest)) return [withoutProgram(base, rest)];
  return programLaunches(rest, { ...context, outer: { ...outer, environment: inside.environment } }, base);
}

/** `$VENV/bin/gunicorn`: a program is known by its name, wherever it is. */
function inUnknownDirectory({ parts }: CommandWord): string | undefined {
  const last = parts.at(-1);
  return last?.kind === 'text' ? /\/[\w.-]*[\w-]$/.exec(last.text)?.[0] : undefined;
}

function scriptFile(
  source: Source,
  args: readonly CommandWord[],
  step: Step,
  context: LaunchContext,
  base: Start,
): readonly Launch[] {
  // `exec gosu app "$0" "$@"`: what the script does as another user is what it does on its other way.
  if (base.condition !== null && step.scripts.includes(source)) return [];
  const scripts = [...step.scripts, source];
  const found = scriptLaunches(source.text, wholeOf(source), args, { ...step, scripts }, context);
  return (
    found ?? [
      {
        ...base,
        scripts,
        kind: 'unread',
        what: `${source.file}, which is not a shell script that can be read`,
        give: 'write what it starts on the command line',
      },
    ]
  );
}

/** `-c`, also among other letters: `bash -ec`, `sh -ce`. */
const RUNS_TEXT = /^-[a-z]*c[a-z]*$/;

/** `sh -c 'script' name args`, `bash file args`. */
function shellLaunches(
  words: readonly CommandWord[],
  texts: readonly string[],
  step: Step,
  context: LaunchContext,
  base: Start,
): readonly Launch[] {
  let at = 1;
  while (at < texts.length && /^[-+]/.test(texts[at]!) && !RUNS_TEXT.test(texts[at]!))
    at += /^[-+]o$/.test(texts[at]!) ? 2 : 1;
  if (!RUNS_TEXT.test(texts[at] ?? '')) {
    const file = texts[at];
    if (file === undefined) return [{ ...base, kind: 'other', program: texts[0]! }];
    const script = context.script(file);
    if (script) return scriptFile(script, words.slice(at + 1), step, context, base);
    if (!programOf(texts.slice(at + 1))) return [missing(base, file)];
    // The server that it is given as its arguments is taken to be what it starts.
    const named = file.includes('/') ? file : `./${file}`;
    const first = { ...words[at]!, parts: [{ kind: 'text' as const, text: named }] };
    return wordsLaunches([first, ...words.slice(at + 1)], step, context);
  }
  const script = words[at + 1];
  return nested(script, words.slice(at + 3), step, context, base);
}

function nested(
  script: CommandWord | undefined,
  args: readonly CommandWord[],
  step: Step,
  context: LaunchContext,
  base: Start,
): readonly Launch[] {
  const open: Launch = {
    ...base,
    kind: 'unread',
    what: 'a command whose quotes do not match',
    give: 'mend the command',
  };
  if (!script?.place) return [open];
  return scriptLaunches(scriptOf(script), script.place, args, step, context) ?? [open];
}

/** `su user -c 'script'`. */
function suLaunches(
  words: readonly CommandWord[],
  texts: readonly string[],
  step: Step,
  context: LaunchContext,
  base: Start,
): readonly Launch[] {
  const flag = texts.findIndex((text) => text === '-c' || text === '--command');
  return flag < 0 ? [] : nested(words[flag + 1], [], step, context, base);
}
