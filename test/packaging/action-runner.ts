import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** What a step that uses another action puts out; what that action does is up to the test. */
export type Foreign = (
  step: Step,
  given: Readonly<Record<string, string>>,
) => Readonly<Record<string, string>>;

export interface ActionRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The steps that were run or used, by the last word of what they ran. */
  readonly steps: readonly string[];
}

export interface Runner {
  /** Folder of the action, the job's workspace, and one for temporary files. */
  readonly action: string;
  readonly workspace: string;
  readonly temporary: string;
  readonly env: NodeJS.ProcessEnv;
  readonly foreign: Foreign;
  /** Values of the context `github`. */
  readonly github?: Readonly<Record<string, string>>;
}

/**
 * Runs a composite action as GitHub's runner does: each step's script in a bash of its own, with its inputs in its
 * variables, outputs and summary by files that the runner names, and nothing after a step that fails.
 */
export function runAction(
  action: CompositeAction,
  inputs: Readonly<Record<string, string>>,
  runner: Runner,
): ActionRun {
  const files = mkdtempSync(join(runner.temporary, 'runner-'));
  const summaryFile = join(files, 'summary');
  const stepOutputs: Record<string, Readonly<Record<string, string>>> = {};
  const evaluated = (expression: string): string => {
    const [context, name, , output] = expression.trim().split('.');
    if (context === 'inputs') return filled(inputs[name!] ?? action.inputs[name!]!.default);
    if (context === 'github') return runner.github?.[name!] ?? '';
    if (context === 'steps') return stepOutputs[name!]?.[output!] ?? '';
    throw new Error(`unknown expression ${expression}`);
  };
  const filled = (text: string): string =>
    String(text).replace(/\$\{\{ ([\w.-]+) \}\}/g, (_whole, expression: string) => evaluated(expression));
  const holds = (condition: string): boolean => {
    const [, expression, operator, value] = /^([\w.-]+) ([!=]=) '(.*)'$/.exec(condition)!;
    return (evaluated(expression!) === value) === (operator === '==');
  };

  const ran: string[] = [];
  const said = { stdout: '', stderr: '' };
  let status = 0;
  for (const [index, step] of action.runs.steps.entries()) {
    if (status !== 0) break;
    if (step.if !== undefined && !holds(step.if)) continue;
    const given = Object.fromEntries(
      Object.entries(step.with ?? step.env ?? {}).map(([name, text]) => [name, filled(text)]),
    );
    if (step.uses !== undefined) {
      ran.push(step.uses.replace(/@.*/, ''));
      stepOutputs[step.id ?? ''] = runner.foreign(step, given);
      continue;
    }
    ran.push(/[\w.-]+(?=["\s>]*(?:\$GITHUB_OUTPUT"?)?$)/.exec(step.run!)?.[0] ?? step.run!);
    const outputFile = join(files, `output-${index}`);
    writeFileSync(outputFile, '');
    const made = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run!], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: join(runner.workspace, filled(step['working-directory'] ?? '.')),
      encoding: 'utf8',
      env: {
        ...runner.env,
        ...given,
        GITHUB_ACTION_PATH: runner.action,
        RUNNER_TEMP: runner.temporary,
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
      },
    });
    said.stdout += made.stdout;
    said.stderr += made.stderr;
    status = made.status ?? 1;
    if (step.id !== undefined) stepOutputs[step.id] = outputsIn(readFileSync(outputFile, 'utf8'));
  }
  return {
    status,
    ...said,
    outputs: Object.fromEntries(
      Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)]),
    ),
    summary: existsSync(summaryFile) ? readFileSync(summaryFile, 'utf8') : '',
    steps: ran,
  };
}

function outputsIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}
