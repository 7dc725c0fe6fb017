import { parser } from '@lezer/python';
import type { Surroundings } from '../reading.js';
import type { Source } from '../text-file.js';
import { childrenOf, type Frame, type OutsideCall, type Run, type Scope } from './frame.js';
import { execute } from './statements.js';
import type { PyValue } from './values.js';

const MAX_STEPS = 20_000;

/** Longer files than people write settings and starts in are not followed. */
export const MOST_CHARACTERS = 256 * 1024;

export interface ModuleResult {
  readonly names: Scope;
  readonly poison: Run['poison'];
  /** Environment variables that the file itself sets. */
  readonly variables: ReadonlyMap<string, PyValue>;
  readonly calls: readonly OutsideCall[];
  /** Offset of the first place that is not Python; null where all of it is. */
  readonly firstError: number | null;
}

/** Follows a Python file without running it: the names it sets, as far as they can be known. */
export function followModule(source: Source, outer: Surroundings, moduleName = '__config__'): ModuleResult {
  const { text } = source;
  const tree = parser.parse(text);
  const names: Scope = new Map();
  const own = new Map<string, PyValue>();
  const run: Run = {
    stepsLeft: MAX_STEPS,
    depth: 0,
    poison: null,
    functions: new Map(),
    lineOf: (offset) => source.at(offset).line,
    moduleName,
    calls: [],
    conditions: [],
  };
  const frame: Frame = { text, scope: names, outer: names, variables: { outer, own, loads: null }, run };
  execute(childrenOf(tree.topNode), frame);
  return { names, poison: run.poison, variables: own, calls: run.calls, firstError: firstErrorOf(tree) };
}

function firstErrorOf(tree: ReturnType<typeof parser.parse>): number | null {
  const cursor = tree.cursor();
  do {
    // The grammar wants a value after every `yield`, which Python does not.
    const isBareYield = cursor.from === cursor.to && cursor.node.parent?.name === 'YieldStatement';
    if (cursor.type.isError && !isBareYield) return cursor.from;
  } while (cursor.next());
  return null;
}
