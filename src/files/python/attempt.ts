import { evaluate } from './expression.js';
import { childrenOf, type Frame, partsOf, textOf } from './frame.js';
import { eitherOf, execute, type Outcome } from './statements.js';
import type { SyntaxNode } from './syntax.js';

/** `try`: where everything in it is known it cannot fail; otherwise what the handlers set is uncertain. */
export function attempt(node: SyntaxNode, frame: Frame): Outcome {
  const [body, ...others] = node.getChildren('Body');
  if (!body) return { kind: 'next' };
  const [otherwise, atLast] = [bodyOf(node, 'else'), bodyOf(node, 'finally')];
  const whole = () => execute([...childrenOf(body), ...statementsOf(otherwise)], frame);
  const hasHandler = node.getChild('except') !== null;
  if (!hasHandler || isSafe(body, frame)) return afterwards(whole(), atLast, frame);
  const handler = certainHandler(node, body, frame);
  if (handler) return afterwards(execute(childrenOf(handler), frame), atLast, frame);
  const why = `it depends on whether the try on line ${frame.run.lineOf(node.from)} fails`;
  const caught = others.filter(({ from }) => from !== otherwise?.from && from !== atLast?.from);
  const outcome = eitherOf(whole, () => caughtBy(caught, why, frame), why, frame);
  return afterwards(outcome, atLast, frame);
}

/** The body behind `else` or `finally`. */
function bodyOf(node: SyntaxNode, keyword: 'else' | 'finally'): SyntaxNode | undefined {
  const children = childrenOf(node);
  const at = children.findIndex(({ name }) => name === keyword);
  return at < 0 ? undefined : children.slice(at).find(({ name }) => name === 'Body');
}

const statementsOf = (body: SyntaxNode | undefined): SyntaxNode[] => (body ? childrenOf(body) : []);

/** What is done at last, whatever came before it; how that ended holds unless this ends otherwise. */
function afterwards(outcome: Outcome, atLast: SyntaxNode | undefined, frame: Frame): Outcome {
  if (!atLast) return outcome;
  const end = execute(childrenOf(atLast), frame);
  return end.kind === 'next' ? outcome : end;
}

function caughtBy([handler, ...rest]: readonly SyntaxNode[], why: string, frame: Frame): Outcome {
  if (!handler) return { kind: 'raise' };
  return eitherOf(
    () => execute(childrenOf(handler), frame),
    () => caughtBy(rest, why, frame),
    why,
    frame,
  );
}

/** Statements that fail only where their last expression does. */
const GIVES_VALUE: ReadonlySet<string> = new Set(['AssignStatement', 'ReturnStatement']);

function isSafe(body: SyntaxNode, frame: Frame): boolean {
  return childrenOf(body).every((statement) => {
    if (statement.name === ':' || statement.name === 'PassStatement') return true;
    if (statement.name === 'ImportStatement')
      return /\b(os|multiprocessing|math|sys)\b/.test(textOf(statement, frame));
    if (!GIVES_VALUE.has(statement.name)) return false;
    const right = childrenOf(statement).at(-1);
    return right !== undefined && evaluate(right, frame).type !== 'unknown';
  });
}

/** The handler that certainly runs: the first statement certainly fails, with an exception that it names. */
function certainHandler(node: SyntaxNode, body: SyntaxNode, frame: Frame): SyntaxNode | undefined {
  const first = childrenOf(body).find(({ name }) => name !== ':');
  const right = first && GIVES_VALUE.has(first.name) ? childrenOf(first).at(-1) : undefined;
  const value = right && evaluate(right, frame);
  if (value?.type !== 'unknown' || value.raises === undefined) return undefined;
  const children = childrenOf(node);
  for (const [i, child] of children.entries()) {
    if (child.name !== 'except') continue;
    const after = children.slice(i + 1);
    const handler = after.find(({ name }) => name === 'Body');
    const caught = after[0] === handler ? [] : namesOf(after[0]!, frame);
    if (caught.length === 0 || caught.some((name) => CATCH_ALL.has(name) || name === value.raises))
      return handler;
  }
  return undefined;
}

const namesOf = (node: SyntaxNode, frame: Frame): string[] =>
  (node.name === 'TupleExpression' ? partsOf(node) : [node]).map((part) => textOf(part, frame));

const CATCH_ALL: ReadonlySet<string> = new Set(['Exception', 'BaseException']);
