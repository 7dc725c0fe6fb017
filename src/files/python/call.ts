import { lookUp } from '../../text/lookup.js';
import { BUILTINS } from './builtins.js';
import { evaluate } from './expression.js';
import { charge, childrenOf, type Frame, stepsOf, textOf } from './frame.js';
import { callFunction } from './function.js';
import { callMethod } from './methods.js';
import { callSetting, isSettingCall, loadsDotenv } from './setting-libraries.js';
import type { SyntaxNode } from './syntax.js';
import { type PyValue, unknownValue } from './values.js';

/** What a call is given; values are as far as they are known. */
export interface Arguments {
  readonly args: readonly PyValue[];
  readonly named: ReadonlyMap<string, PyValue>;
}

/** The value of `f(…)`: a function of the file, a method of a known value, or something outside that is known. */
export function call(node: SyntaxNode, frame: Frame, shown: string): PyValue {
  const [callee, argList] = childrenOf(node);
  if (!callee || !argList) return unknownValue('the expression is not complete');
  const target = evaluate(callee, frame);
  if (target.type === 'unknown') return target;
  const given = argumentsOf(argList, frame);
  if (isSettingCall(target)) return given ? callSetting(target, given, frame.variables) : notEvaluated(shown);
  const isNamed = given === null || given.named.size > 0;
  const args = isNamed ? [] : given.args;
  switch (target.type) {
    case 'function':
      return isNamed
        ? unknownValue('a call with named arguments is not evaluated')
        : callFunction(target.node, args, frame);
    case 'method':
      charge(frame, stepsOf(target.self));
      return isNamed
        ? unknownValue('this call is not evaluated')
        : callMethod(target.self, target.name, args);
    case 'class':
      return isNamed || args.length > 0 ? notEvaluated(shown) : target.instance;
    case 'name':
      return outside(target.path, node, given, frame, shown);
    default:
      return unknownValue('this call is not evaluated');
  }
}

const notEvaluated = (shown: string): PyValue => unknownValue(`${shown} is not evaluated`);

function outside(
  path: string,
  node: SyntaxNode,
  given: Arguments | null,
  frame: Frame,
  shown: string,
): PyValue {
  const line = frame.run.lineOf(node.from);
  if (REWRITERS.has(path))
    frame.run.poison ??= { why: `${path}() on line ${line} may set any name`, from: node.from };
  if (loadsDotenv(path)) frame.variables.loads ??= `the file that ${path}() on line ${line} loads`;
  const condition = frame.run.conditions.at(-1) ?? null;
  frame.run.calls.push({ path, given, condition, from: node.from, to: node.to });
  const args = given && plainArguments(path, given);
  const builtin = lookUp(BUILTINS, path);
  return builtin && args ? builtin(args, frame.variables) : notEvaluated(shown);
}

const REWRITERS: ReadonlySet<string> = new Set(['exec', 'globals', 'locals', 'vars', 'setattr']);

/** `os.environ.get('X', default='2')` is the one call of a builtin where a named argument is common. */
function plainArguments(path: string, { args, named }: Arguments): readonly PyValue[] | undefined {
  if (named.size === 0) return args;
  const fallback = named.get('default');
  return ['os.environ.get', 'os.getenv'].includes(path) && named.size === 1 && fallback && args.length === 1
    ? [...args, fallback]
    : undefined;
}

/** Arguments by place and by name; null where some are unpacked from a value. */
function argumentsOf(argList: SyntaxNode, frame: Frame): Arguments | null {
  const parts = childrenOf(argList).filter((child) => !['(', ')', ','].includes(child.name));
  if (parts.some(({ name }) => name === '*' || name === '**')) return null;
  const args: PyValue[] = [];
  const named = new Map<string, PyValue>();
  for (let i = 0; i < parts.length; i += 1) {
    const [name, mark, value] = parts.slice(i, i + 3);
    if (mark?.name === 'AssignOp' && value) {
      named.set(textOf(name!, frame), evaluate(value, frame));
      i += 2;
    } else args.push(evaluate(name!, frame));
  }
  return { args, named };
}
