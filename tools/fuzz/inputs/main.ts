// Feeds hostile arguments, environments, configuration files, projects, logs, batches, traces, profiles, baselines, load tests,
// rates and machines to the program and reports every case that is answered wrongly.
// usage: npm run fuzz:inputs -- [CASES [FIRST]]
import { caseOf } from './cases.js';
import { faultsOf } from './judge.js';

const [cases = 20_000, first = 0] = process.argv.slice(2).map(Number);
let wrong = 0;
for (let number = first; number < first + cases; number += 1) {
  const one = caseOf(number);
  const faults = await faultsOf(one).catch((error: unknown) => [`threw ${String(error)}`]);
  if (faults.length === 0) continue;
  wrong += 1;
  console.log(`case ${number} (${one.kind}): ${faults.join('; ')}`);
  if (wrong <= 20) console.log(JSON.stringify(one).slice(0, 2000));
}
console.log(`${cases} cases from ${first}: ${wrong} answered wrongly`);
process.exitCode = wrong > 0 ? 1 : 0;
