import {
  type Cmd,
  DockerfileParser,
  type Entrypoint,
  type Instruction,
  type JSONInstruction,
} from 'dockerfile-ast';
import { SourceError } from '../../host/errors.js';
import { environmentOf } from '../environment.js';
import { known, NO_ENVIRONMENT, type Reading, type Surroundings, unknown } from '../reading.js';
import { type CommandText, plainWord } from '../shell/command-text.js';
import { resolveParts } from '../shell/resolve-word.js';
import { splitWords } from '../shell/words.js';
import { baseName, type Source, type Span } from '../text-file.js';
import { EMPTY_SERVICE, type Rename, type ServiceReading, type Variable } from './service.js';

type Lines = { readonly offsetOf: (position: { line: number; character: number }) => number };

/** A stage of a Dockerfile, the last one where none is named, with what it inherits from the stages that it is built on. */
export function readDockerfile(source: Source, target: string | null = null): readonly ServiceReading[] {
  const instructions = parse(source).getInstructions();
  const lines = linesOf(source.text);
  const stages = stagesOf(instructions, source, lines);
  const wanted = target?.toLowerCase();
  const last =
    stages.find((stage, i) => stage.name?.toLowerCase() === wanted || String(i) === wanted) ?? stages.at(-1);
  if (!last) return [];
  const chain = chainOf(last, stages);
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
      renames: chain.flatMap((stage) => stage.renames),
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
  entrypoint: PlacedText | null;
  command: PlacedText | null;
  readonly variables: Variable[];
  readonly renames: Rename[];
}

function stagesOf(instructions: readonly Instruction[], source: Source, lines: Lines): Stage[] {
  const stages: Stage[] = [];
  const globals: Variable[] = [];
  let buildArgs: Variable[] = [];
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword().toUpperCase();
    const stage = stages.at(-1);
    if (keyword === 'FROM') {
      const words = instruction
        .getArguments()
        .map((argument) => argument.getValue())
        .filter((word) => !word.startsWith('--'));
      stages.push({
        base: filledIn(words[0] ?? '', globals),
        at: placeOf(instruction, source, lines),
        name: words[2] ?? null,
        entrypoint: null,
        command: null,
        variables: [],
        renames: [],
      });
      buildArgs = [];
    } else if (keyword === 'ARG') {
      const declared = assignments(instruction, source, lines, [...globals, ...buildArgs]);
      // A bare ARG in a stage takes up the default that the file begins with.
      const isTakenUp = ({ name, value }: Variable) =>
        !value.known && globals.some((one) => one.name === name);
      if (stage) buildArgs.push(...declared.filter((variable) => !isTakenUp(variable)));
      else globals.push(...declared);
    } else if (keyword === 'ENV' && stage)
      stage.variables.push(
        ...assignments(instruction, source, lines, [...globals, ...buildArgs, ...stage.variables]),
      );
    else if (keyword === 'COPY' && stage) stage.renames.push(...renamed(instruction));
    else if (keyword === 'ENTRYPOINT' && stage) {
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
function filledIn(text: string, before: readonly Variable[]): string {
  if (!text.includes('$')) return text;
  const parts = splitWords(text, 'shell')?.[0]?.parts ?? [];
  const at = { file: '', line: 1, column: 1, endColumn: 2 };
  const value = resolveParts(parts, at, { environment: environmentOf(before), cpuCount: null });
  return value.known ? value.value : text;
}

/** `COPY from… to`: each file by its path in the project, and the name that it has in the image. */
function renamed(instruction: Instruction): Rename[] {
  const words = instruction
    .getArguments()
    .map((argument) => argument.getValue())
    .filter((word) => !word.startsWith('--'));
  const to = words.pop();
  if (to === undefined || words.some((word) => /^[[<]/.test(word))) return [];
  const isDirectory = words.length > 1 || to.endsWith('/') || to.endsWith('.');
  return words.map((from) => ({ from, to: isDirectory ? baseName(from) : baseName(to) }));
}

/** The stage and those it is built on, nearest first. */
function chainOf(stage: Stage, stages: readonly Stage[]): Stage[] {
  const chain = [stage];
  for (let at = stages.indexOf(stage); at > 0; ) {
    const base = stages[at]!.base.toLowerCase();
    const before = stages
      .slice(0, at)
      .findLastIndex((s, i) => s.name?.toLowerCase() === base || String(i) === base);
    if (before < 0) break;
    chain.push(stages[before]!);
    at = before;
  }
  return chain;
}

/** `ENV A=1 B="2"`, `ENV A 1`, `ARG A=1`, with variables filled in from those before. */
function assignments(
  instruction: Instruction,
  source: Source,
  lines: Lines,
  before: readonly Variable[],
): Variable[] {
  const range = instruction.getArgumentsRange();
  if (!range) return [];
  const [from, to] = [lines.offsetOf(range.start), lines.offsetOf(range.end)];
  const text = source.text.slice(from, to);
  const words = splitWords(text, 'shell') ?? [];
  const head = words[0]?.parts[0];
  if (head?.kind !== 'text') return [];
  if (!head.text.includes('=')) return oldForm(instruction, text, source, from, before);
  const variables: Variable[] = [];
  for (const word of words) {
    const [first, ...rest] = word.parts;
    if (first?.kind !== 'text' || !first.text.includes('=')) continue;
    const cut = first.text.indexOf('=');
    const outer: Surroundings = { environment: environmentOf([...before, ...variables]), cpuCount: null };
    const raw = source.text.slice(from + word.from, from + word.to);
    const at = source.at(from + word.from + raw.indexOf('=') + 1, from + word.to);
    const value = resolveParts([{ kind: 'text', text: first.text.slice(cut + 1) }, ...rest], at, outer);
    variables.push({ name: first.text.slice(0, cut), value });
  }
  return variables;
}

function oldForm(
  instruction: Instruction,
  text: string,
  source: Source,
  from: number,
  before: readonly Variable[],
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
    : resolveParts(parts, at, { ...EMPTY_SURROUNDINGS, environment: environmentOf(before) });
  return [{ name, value }];
}

const EMPTY_SURROUNDINGS: Surroundings = { environment: NO_ENVIRONMENT, cpuCount: null };

function commandOf(instruction: JSONInstruction, source: Source, lines: Lines): PlacedText | null {
  const range = instruction.getArgumentsRange();
  if (!range) return { text: null, at: source.at(0) };
  const [from, to] = [lines.offsetOf(range.start), lines.offsetOf(range.end)];
  const at = source.at(from, to);
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
