import { drawOf } from './draw.js';
import { PREDICTIONS } from './predictions.js';
import { QUEUES } from './queues.js';

/** An answer that takes more CPU time is a fault, ms; other programs stretch the time on the clock. */
const SLOW_MS = 1500;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const [from = '0', to = '200', only] = process.argv.slice(2);
const families = Object.entries({ ...QUEUES, ...PREDICTIONS }).filter(
  ([name]) => !only || only.split(',').includes(name),
);
let found = 0;
for (const [family, make] of families) {
  const kinds = new Map<string, { times: number; seed: number; question: unknown }>();
  const started = cpuMs();
  let slowest = { ms: 0, seed: 0 };
  for (let seed = Number(from); seed < Number(to); seed++) {
    const { question, ask } = make(drawOf(seed + 1));
    const before = cpuMs();
    let faults: readonly string[];
    try {
      faults = ask();
    } catch (error) {
      faults = [`throws ${String((error as Error).message).replace(/[\d.e+-]+/g, '#')}`];
    }
    const ms = cpuMs() - before;
    if (process.env.VERBOSE && ms > SLOW_MS)
      console.log(family, seed, ms.toFixed(0), JSON.stringify(question).slice(0, 260), faults.join());
    if (ms > slowest.ms) slowest = { ms, seed };
    for (const fault of ms > SLOW_MS ? [...faults, 'slow'] : faults) {
      const kind = kinds.get(fault);
      if (kind) kind.times++;
      else kinds.set(fault, { times: 1, seed, question });
    }
  }
  const seconds = ((cpuMs() - started) / 1000).toFixed(1);
  console.log(`${family}: ${seconds} s of CPU, slowest ${slowest.ms.toFixed(0)} ms (seed ${slowest.seed})`);
  for (const [fault, { times, seed, question }] of kinds) {
    found++;
    console.log(`  ${times} × ${fault}: seed ${seed} ${JSON.stringify(question).slice(0, 300)}`);
  }
}
process.exitCode = found > 0 ? 1 : 0;
