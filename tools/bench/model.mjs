// Cost of a prediction, in ms of CPU time per call: medians over rounds, each call at another rate so that nothing is kept.
// usage: npm run build && node tools/bench/model.mjs
import { predict, predictMeans } from '../dist/index.js';

const law = (mean) => ({ kind: 'exponential', mean });
const workload = (cpuMs, ioMs) => ({
  cpu: law(cpuMs),
  io: law(ioMs),
  ioCalls: ioMs > 0 ? 1 : 0,
  overheadMs: 0,
});
const system = (given) => ({
  workerClass: 'gthread',
  gunicorn: 26,
  workers: 1,
  threads: 1,
  workerConnections: 1000,
  backlog: 2048,
  cores: 1,
  gil: true,
  timeoutMs: 30_000,
  ...given,
});
const cases = {
  'sync, 4 workers on 4 cores': [system({ workerClass: 'sync', workers: 4, cores: 4 }), workload(10, 40)],
  'sync, 9 workers on 4 cores': [system({ workerClass: 'sync', workers: 9, cores: 4 }), workload(10, 40)],
  'gthread 4 × 8 on 4 cores, split queues': [system({ workers: 4, threads: 8, cores: 4 }), workload(10, 40)],
  'gthread 4 × 8 on 2 cores, split queues': [system({ workers: 4, threads: 8, cores: 2 }), workload(10, 40)],
  'gthread 16 × 32 on 16 cores, split queues': [
    system({ workers: 16, threads: 32, cores: 16 }),
    workload(10, 90),
  ],
  'gthread 16 × 32 on 8 cores, split queues': [
    system({ workers: 16, threads: 32, cores: 8 }),
    workload(10, 90),
  ],
  'gthread 16 × 32 on 8 cores, one queue': [
    system({ workers: 16, threads: 32, cores: 8, workerConnections: 32 }),
    workload(10, 90),
  ],
  'gthread 16 × 32 on 16 cores, one queue': [
    system({ workers: 16, threads: 32, cores: 16, workerConnections: 32 }),
    workload(50, 50),
  ],
  'uvicorn, 4 loops on 4 cores': [system({ workerClass: 'uvicorn', workers: 4, cores: 4 }), workload(5, 45)],
  'uvicorn, 8 loops on 4 cores': [system({ workerClass: 'uvicorn', workers: 8, cores: 4 }), workload(5, 45)],
  'tornado, 4 loops on 4 cores': [system({ workerClass: 'tornado', workers: 4, cores: 4 }), workload(5, 45)],
};

function milliseconds(call, most, rounds = 9, calls = 20) {
  const times = [];
  for (let round = -2; round < rounds; round++) {
    const from = process.cpuUsage();
    for (let n = 0; n < calls; n++) call(most * (0.7 + 0.01 * Math.random()));
    const { user, system: kernel } = process.cpuUsage(from);
    if (round >= 0) times.push((user + kernel) / 1000 / calls);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

console.log('at 70 % of the capacity'.padEnd(46), 'mean only', '  with percentiles');
for (const [name, [one, demand]] of Object.entries(cases)) {
  const most = predict(one, { ...demand, ratePerSecond: null }).capacityPerSecond;
  const means = milliseconds((ratePerSecond) => predictMeans(one, { ...demand, ratePerSecond }), most);
  const full = milliseconds((ratePerSecond) => predict(one, { ...demand, ratePerSecond }), most);
  console.log(name.padEnd(46), `${means.toFixed(2)} ms`.padStart(9), `${full.toFixed(2)} ms`.padStart(12));
}
