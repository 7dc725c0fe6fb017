import {
  type Cmd,
  type Copy,
  DockerfileParser,
  type Entrypoint,
  type Instruction,
  type JSONInstruction,
} from 'dockerfile-ast';
import { SourceError } from '../../host/errors.js';
import { MOST_VARIABLES, refuseMany } from '../limits.js';
import { known, type Reading, type Surroundings, unknown } from '../reading.js';
import { type CommandText, LONGEST_COMMAND, plainWord } from '../shell/command-text.js';
import { resolveParts } from '../shell/resolve-word.js';
import { splitWords } from '../shell/words.js';
import { baseName, type Source, type Span } from '../text-file.js';
import { type CopiedPath, EMPTY_SERVICE, type ServiceReading, type Variable } from './service.js';

type Lines = { readonly offsetOf: (position: { line: number; character: number }) => number };

/** A stage of a Dockerfile, the last one where none is named, with what it inherits from the stages that it is built on. */
export function readDockerfile(source: Source, target: string | null = null): readonly ServiceReading[] {
  const instructions = parse(source).getInstructions();
  const lines = linesOf(source.text);
  const stages = stagesOf(instructions, source, lines);
  const wanted = target?.toLowerCase();
  const named =
    wanted === undefined
      ? undefined
      : stages.find((stage, i) => stage.name?.toLowerCase() === wanted || String(i) === wanted);
  const last = named ?? stages.at(-1);
  if (!last) return [];
  const chain = chainOf(last);
  const pick = (part: 'entrypoint' | 'command') =>
    chain.map((stage) => stage[part]).find((found) => found !== null) ?? null;
  const [entrypoint, command] = [pick('entrypoint'), pick('command')];
  const root = chain.at(-1)!;
  return [
    {
      ...EMPTY_SERVICE,
      name: last.name ?? baseName(source.file),
      platform: 'dockerfile',
      file: source.file,
      at: (command ?? entrypoint)?.at ?? root.at,
      entrypoint: entrypoint?.text ?? null,
      command: command?.text ?? null,
      copied: chain.flatMap((stage) => stage.copied),
      environment: [...chain].reverse().flatMap((stage) => stage.variables),
      base: { image: root.base, at: root.at },
    },
  ];
}

function parse(source: Source) {
  try {
    return DockerfileParser.parse(source.text);
  } catch {
    throw new SourceError(`${source.file}: this is not a Dockerfile that can be read`);
  }
}

interface PlacedText {
  readonly text: CommandText | null;
  readonly at: Span;
}

interface Stage {
  readonly name: string | null;
  readonly base: string;
  readonly at: Span;
  /** The earlier stage that it is built on; null where that is an image of others. */
  readonly on: Stage | null;
  entrypoint: PlacedText | null;
  command: PlacedText | null;
  readonly variables: Variable[];
  readonly byName: Map<string, Reading<string>>;
  readonly copied: CopiedPath[];
}

type LookUp = (name: string) => Reading<string> | undefined;

function stagesOf(instructions: readonly Instruction[], source: Source, lines: Lines): Stage[] {
  const stages: Stage[] = [];
  const named = new Map<string, Stage>();
  const globals = new Map<string, Reading<string>>();
  const buildArgs = new Map<string, Reading<string>>();
  const args: LookUp = (name) => buildArgs.get(name) ?? globals.get(name);
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword().toUpperCase();
    const stage = stages.at(-1);
    if (keyword === 'FROM') {
      const words = instruction
        .getArguments()
        .map((argument) => argument.getValue())
        .filter((word) => !word.startsWith('--'));
      const base = filledIn(words[0] ?? '', (name) => globals.get(name));
      const started: Stage = {
        base,
        on: named.get(base.toLowerCase()) ?? null,
        at: placeOf(instruction, source, lines),
        name: words[2] ?? null,
        entrypoint: null,
        command: null,
        variables: [],
        byName: new Map(),
        copied: [],
      };
      named.set(String(stages.length), started);
      if (started.name !== null) named.set(started.name.toLowerCase(), started);
      stages.push(started);
      buildArgs.clear();
    } else if (keyword === 'ARG') {
      for (const { name, value } of assignments(instruction, source, lines, args)) {
        // A bare ARG in a stage takes up the default that the file begins with.
        const isTakenUp = stage && !value.known && globals.has(name);
        if (!isTakenUp) (stage ? buildArgs : globals).set(name, value);
      }
    } else if (keyword === 'ENV' && stage) {
      const before: LookUp = (name) => stage.byName.get(name) ?? args(name);
      for (const variable of assignments(instruction, source, lines, before)) {
        stage.variables.push(variable);
        stage.byName.set(variable.name, variable.value);
      }
      refuseMany(source.file, stage.variables.length, MOST_VARIABLES, 'variables in one stage');
    } else if ((keyword === 'COPY' || keyword === 'ADD') && stage) {
      stage.copied.push(...copied(instruction, named));
      // Stages that copy each other twice would double their number with each.
      refuseMany(source.file, stage.copied.length, MOST_VARIABLES, 'paths copied in one stage');
    } else if (keyword === 'ENTRYPOINT' && stage) {
      stage.entrypoint = commandOf(instruction as Entrypoint, source, lines);
      stage.command = null;
    } else if (keyword === 'CMD' && stage) stage.command = commandOf(instruction as Cmd, source, lines);
  }
  return stages;
}

const placeOf = (instruction: Instruction, source: Source, lines: Lines): Span => {
  const range = instruction.getRange();
  return source.at(lines.offsetOf(range.start), lines.offsetOf(range.end));
};

/** `FROM python:${VERSION}` with the defaults of the build arguments before it. */
function filledIn(text: string, before: LookUp): string {
  if (!text.includes('$')) return text;
  const parts = splitWords(text, 'shell')?.[0]?.parts ?? [];
  const at = { file: '', line: 1, column: 1, endColumn: 2 };
  const value = resolveParts(parts, at, surroundings(before));
  return value.known ? value.value : text;
}

/** `COPY from… to`, also as a list; of what an earlier stage has, what it took over from the project to the same path. */
function copied(instruction: Instruction, stages: ReadonlyMap<string, Stage>): readonly CopiedPath[] {
  const text = instruction.getRawArgumentsContent() ?? '';
  const paths = text.split(/[\s"]+|^\[|\]$|,\s*(?=")/).filter((word) => word !== '' && word !== ',');
  const to = paths.pop()?.replace(/(.)\/+$/, '$1/');
  if (to === undefined || text.includes('<<')) return [];
  const flags = 'getFlags' in instruction ? (instruction as Copy).getFlags() : [];
  const stage = flags.find((flag) => flag.getName() === 'from')?.getValue();
  if (stage) {
    const isSame = paths.every((path) => path.replace(/\/$/, '') === to.replace(/\/$/, ''));
    return isSame ? (stages.get(stage.toLowerCase())?.copied ?? []) : [];
  }
  const isInto = paths.length > 1 || /[./]$/.test(to);
  return paths.map((from) => ({
    from: from.replace(/(.)\/+$/, '$1'),
    to: to.replace(/(.)\/+$/, '$1'),
    isInto,
  }));
}

/** The stage and those it is built on, nearest first. */
function chainOf(last: Stage): Stage[] {
  const chain: Stage[] = [];
  for (let stage: Stage | null = last; stage; stage = stage.on) chain.push(stage);
  return chain;
}

/** `ENV A=1 B="2"`, `ENV A 1`, `ARG A=1`, with variables filled in from those before. */
function assignments(instruction: Instruction, source: Source, lines: Lines, before: LookUp): Variable[] {
  const range = instruction.getArgumentsRange();
  if (!range) return [];
  const [from, to] = [lines.offsetOf(range.start), lines.offsetOf(range.end)];
  const text = source.text.slice(from, to);
  const words = splitWords(text, 'shell') ?? [];
  const head = words[0]?.parts[0];
  if (head?.kind !== 'text') return [];
  if (!head.text.includes('=')) return oldForm(instruction, text, source, from, before);
  const variables: Variable[] = [];
  const own = new Map<string, Reading<string>>();
  const outer = surroundings((name) => own.get(name) ?? before(name));
  for (const word of words) {
    const [first, ...rest] = word.parts;
    if (first?.kind !== 'text' || !first.text.includes('=')) continue;
    const cut = first.text.indexOf('=');
    const raw = source.text.slice(from + word.from, from + word.to);
    const at = source.at(from + word.from + raw.indexOf('=') + 1, from + word.to);
    const value = resolveParts([{ kind: 'text', text: first.text.slice(cut + 1) }, ...rest], at, outer);
    const name = first.text.slice(0, cut);
    variables.push({ name, value });
    own.set(name, value);
  }
  return variables;
}

function oldForm(
  instruction: Instruction,
  text: string,
  source: Source,
  from: number,
  before: LookUp,
): Variable[] {
  const match = /^([A-Za-z_]\w*)(\s+)(\S[\s\S]*)$/.exec(text);
  if (!match) {
    const at = source.at(from, from + text.length);
    const isArg = instruction.getKeyword().toUpperCase() === 'ARG';
    return isArg && /^\w+$/.test(text)
      ? [{ name: text, value: unknown(`the build argument ${text} is not given`, at) }]
      : [];
  }
  const [, name = '', gap = '', raw = ''] = match;
  const at = source.at(from + name.length + gap.length, from + text.length);
  const parts = splitWords(raw, 'shell')?.[0]?.parts ?? [];
  const value: Reading<string> = /\s/.test(raw)
    ? known(raw, at)
    : resolveParts(parts, at, surroundings(before));
  return [{ name, value }];
}

const surroundings = (get: LookUp): Surroundings => ({
  environment: { get, incomplete: null },
  cpuCount: null,
});

function commandOf(instruction: JSONInstruction, source: Source, lines: Lines): PlacedText | null {
  const range = instruction.getArgumentsRange();
  if (!range) return { text: null, at: source.at(0) };
  const [from, to] = [lines.offsetOf(range.start), lines.offsetOf(range.end)];
  const at = source.at(from, to);
  if (to - from > LONGEST_COMMAND)
    throw new SourceError(
      `${source.file}:${at.line}: this command has more than ${LONGEST_COMMAND} characters, which is not read`,
    );
  const strings = instruction.getJSONStrings();
  const isExec = instruction.getOpeningBracket() !== null && instruction.getClosingBracket() !== null;
  if (isExec) {
    const words = strings.map((argument) => {
      const place = argument.getRange();
      const [start, end] = [lines.offsetOf(place.start) + 1, lines.offsetOf(place.end) - 1];
      return plainWord(unquoted(source.text.slice(start - 1, end + 1), argument.getJSONValue()), {
        source,
        from: start,
        to: Math.max(start + 1, end),
      });
    });
    return { text: words.length > 0 ? { kind: 'words', words } : null, at };
  }
  const text = withoutComments(source.text.slice(from, to));
  return { text: { kind: 'line', text, isShell: true, variables: 'shell', place: { source, from, to } }, at };
}

/** Docker takes comment lines out of a continued instruction; here they become blanks, which keeps all places. */
const withoutComments = (text: string): string =>
  text.replace(/(?<=\n)[ \t]*#[^\n]*(\n|$)/g, (line) => ' '.repeat(line.length));

/** What a JSON string stands for; a line continuation inside it is none of JSON's. */
function unquoted(raw: string, fallback: string): string {
  try {
    return String(JSON.parse(raw.replace(/\\\r?\n/g, '')));
  } catch {
    return fallback;
  }
}

function linesOf(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '\n' || (char === '\r' && text[i + 1] !== '\n')) starts.push(i + 1);
  }
  return { offsetOf: ({ line, character }) => (starts[line] ?? text.length) + character };
}
