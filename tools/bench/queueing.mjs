// Cost of the queueing library, as ratios and rates: medians of repeated runs.
// usage: npm run build && node tools/bench/queueing.mjs
import { closedNetwork, erlangC, meanValueAnalysis, serversForMmc } from '../dist/math/queues/index.js';

/** Median seconds of one call, over rounds of many calls. */
function seconds(call, calls, rounds = 15) {
  const times = [];
  for (let round = -2; round < rounds; round += 1) {
    const from = performance.now();
    for (let i = 0; i < calls; i += 1) call(i);
    if (round >= 0) times.push((performance.now() - from) / 1000 / calls);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

let kept = 0; // results are used, so that no call is optimised away
const line = (text, value, limit, met) =>
  console.log(`${text.padEnd(62)} ${value.padStart(16)}   ${limit}${met ? '' : '  MISSED'}`);

const loads = [0.5, 0.8, 0.95, 0.99, 0.9999];
const cost = (servers) =>
  seconds((i) => {
    kept += erlangC(servers, servers * loads[i % loads.length] + i * 1e-9);
  }, 5000);
const base = cost(100);
for (const servers of [10_000, 1_000_000, 10_000_000]) {
  const ratio = cost(servers) / base;
  line(
    `Erlang C at ${servers.toLocaleString('en')} servers, against 100`,
    `${ratio.toFixed(2)} ×`,
    'at most 50 ×',
    ratio <= 50,
  );
}

const search = seconds((i) => {
  kept += serversForMmc(
    { arrivalRate: 1e5 + i, serviceTime: 1 },
    ({ wait }) => wait.percentile(0.95) <= 0.01,
  );
}, 100);
line(
  'fewest servers for p95 of the wait, 100,000 erlangs',
  `${(search * 1e3).toFixed(3)} ms`,
  'at most 1 ms',
  search <= 1e-3,
);

const single = {
  population: 10_000,
  thinkTime: 1,
  stations: [0.005, 0.003, 0.001].map((demand) => ({ demand, servers: 1 })),
};
const steps = 3 * single.population;
const mva =
  steps /
  seconds(() => {
    kept += meanValueAnalysis(single).throughput;
  }, 5);
line(
  'exact mean value analysis, 3 stations, population 10,000',
  `${(mva / 1e6).toFixed(0)} M steps/s`,
  'at least 10 M',
  mva >= 1e7,
);

const several = {
  ...single,
  stations: [
    { demand: 0.05, servers: 10 },
    { demand: 0.3, servers: 64 },
    { demand: 0.001, servers: 1 },
  ],
};
const convolved =
  steps /
  seconds(() => {
    kept += closedNetwork(several).throughput;
  }, 5);
line(
  'the same with 10 and 64 servers, by convolution',
  `${(convolved / 1e6).toFixed(0)} M steps/s`,
  'at least 10 M',
  convolved >= 1e7,
);
if (!Number.isFinite(kept)) throw new Error('a result is not finite');
