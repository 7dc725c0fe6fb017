// Feeds hostile arguments, environments, configuration files, projects, logs, batches, traces, profiles, baselines, load tests,
// metrics and answers of Prometheus, rates and machines to the program and reports every case that is answered wrongly.
// usage: npm run fuzz:inputs -- [CASES [FIRST [KIND]]]; with a kind, numbers of others are passed over.
import { caseOf, KINDS } from './cases.js';
import { faultsOf } from './judge.js';

const [cases = 20_000, first = 0] = process.argv.slice(2, 4).map(Number);
const kind = KINDS.indexOf(process.argv[4] as (typeof KINDS)[number]);
if (process.argv[4] !== undefined && kind < 0) throw new Error(`KIND is one of: ${KINDS.join(', ')}`);
const stride = kind < 0 ? 1 : KINDS.length;
const begin = kind < 0 ? first : first * stride + kind;
let wrong = 0;
for (let number = begin; number < begin + cases * stride; number += stride) {
  const one = caseOf(number);
  const faults = await faultsOf(one).catch((error: unknown) => [`threw ${String(error)}`]);
  if (faults.length === 0) continue;
  wrong += 1;
  console.log(`case ${number} (${one.kind}): ${faults.join('; ')}`);
  if (wrong <= 20) console.log(JSON.stringify(one).slice(0, 2000));
}
console.log(`${cases} cases from ${begin}: ${wrong} answered wrongly`);
process.exitCode = wrong > 0 ? 1 : 0;
