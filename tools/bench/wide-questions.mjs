// Seeded random questions of every size to `wcalc plan`: what machines, requests, loads and objectives there may be.

/** Uniform on [0, 1), the same for a seed on every machine (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The arguments of `wcalc plan` of one seed. */
export function wideQuestion(seed) {
  const share = generator(seed);
  const between = (low, high) => low * (high / low) ** share();
  const pick = (list) => list[Math.floor(share() * list.length)];
  const shown = (value) => String(Number(value.toPrecision(6)));

  const cores = pick([1, 2, 4, 8, 0.5, Math.ceil(between(1, 1000)), between(0.3, 32)]);
  const cpuMs = between(0.5, 300);
  const ioMs = pick([0, between(0.5, 2000)]);
  const load = pick([share(), 0.5 + share() / 2, 1 - 10 ** -(1 + 3 * share())]);
  const serviceMs = cpuMs + ioMs;
  const objective = pick([
    `p95<${shown(serviceMs * between(1.2, 20))}ms`,
    `mean<${shown(serviceMs * between(1.05, 5))}ms`,
    `p99<${shown(serviceMs * between(2, 30))}ms`,
    'wait<10%',
    null,
  ]);
  return [
    ['--cores', shown(cores)],
    ['--mem', shown(between(256, 4096) * Math.max(1, cores))],
    ['--per-worker', shown(between(20, 250))],
    ['--cpu-time', shown(cpuMs)],
    ['--io-time', shown(ioMs)],
    ['--io-calls', pick(['1', '1', '3'])],
    ['--cv', pick(['1', '0', '0.5', '2'])],
    ['--rate', shown((load * cores * 1000) / cpuMs)],
    ...(objective ? [['--slo', objective]] : []),
    ['--json'],
  ].flat();
}
