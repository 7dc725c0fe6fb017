import { writeFileSync } from 'node:fs';
import { predict } from '../../src/model/predict.js';
import { simulate } from '../../src/simulation/index.js';
import { generator, KINDS, type Question, randomQuestion } from './systems.js';

const TIMES = ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms'] as const;
type Times = Record<(typeof TIMES)[number], number>;

interface Row extends Question {
  readonly simulated: Times;
  /** Half-width of the 95 % confidence interval of the simulated mean, as a share of it. */
  readonly meanCi: number;
}

export function main(args: readonly string[]): void {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const count = Number(option('count') ?? 40);
  const rows: Row[] = [];
  for (const kind of KINDS) {
    const random = generator(Number(option('seed') ?? 1) * 1000 + KINDS.indexOf(kind));
    for (let n = 0; n < count; n++) rows.push(answered(randomQuestion(kind, random)));
    report(
      kind,
      rows.filter((row) => row.kind === kind),
    );
  }
  report('all', rows);
  const out = option('out');
  if (out) writeFileSync(out, `${JSON.stringify(rows).replaceAll('},{"kind"', '},\n{"kind"')}\n`);
}

function answered(question: Question): Row {
  const busy = question.utilization >= 0.9;
  const { prediction } = simulate(question.system, question.workload, {
    requests: busy ? 400_000 : 60_000,
    replications: 4,
    warmup: busy ? 60_000 : 10_000,
  });
  const rounded = (value: number | null): number => Number((value ?? 0).toPrecision(6));
  const simulated = Object.fromEntries(TIMES.map((key) => [key, rounded(prediction[key])])) as Times;
  const meanCi = Number(((prediction.ci95?.meanMs ?? 0) / simulated.meanMs).toPrecision(2));
  return { ...question, simulated, meanCi };
}

function report(label: string, rows: readonly Row[]): void {
  const errors: Record<string, number[]> = {};
  for (const { system, workload, simulated } of rows) {
    const p = predict(system, workload);
    for (const key of TIMES) {
      errors[key] ??= [];
      errors[key].push(Math.abs((p[key] ?? 0) / simulated[key] - 1));
    }
  }
  const at = (list: readonly number[], share: number): string =>
    `${(100 * [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))]!).toFixed(1)} %`;
  const line = TIMES.map((key) => `${key} ${at(errors[key]!, 0.5)} / ${at(errors[key]!, 0.95)}`).join('   ');
  console.log(`${label.padEnd(15)} ${String(rows.length).padStart(4)}   median / 95 %:   ${line}`);
}
