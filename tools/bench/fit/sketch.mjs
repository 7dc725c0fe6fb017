// The cost per value of the histogram behind the percentiles of wcalc fit, beside DDSketch of @datadog/sketches-js at the same relative error.
// usage: node tools/bench/fit/sketch.mjs [MILLIONS]
import { DDSketch } from '@datadog/sketches-js';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: ['src/math/statistics/histogram.ts'],
  bundle: true,
  format: 'esm',
  write: false,
});
const { Histogram, MEDIUM, noCounts, relativeErrorOf } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);

const count = Number(process.argv[2] ?? 5) * 1e6;
const values = Float64Array.from(
  { length: count },
  () => 60 * Math.exp(0.8 * (Math.random() + Math.random() + Math.random() - 1.5)),
);
const sorted = values.slice().sort();
const p99 = sorted[Math.ceil(0.99 * count) - 1];

function timed(name, run) {
  run(1e5);
  const begun = performance.now();
  const estimate = run(count);
  const ns = ((performance.now() - begun) / count) * 1e6;
  console.log(
    `${name}: ${ns.toFixed(1)} ns a value, p99 off by ${(100 * Math.abs(estimate / p99 - 1)).toFixed(3)} %`,
  );
  return ns;
}

const own = timed('histogram', (n) => {
  const histogram = new Histogram(noCounts(MEDIUM));
  for (let i = 0; i < n; i++) histogram.add(values[i]);
  return histogram.quantiles([0.99])[0];
});
const library = timed('@datadog/sketches-js', (n) => {
  const sketch = new DDSketch({ relativeAccuracy: relativeErrorOf(MEDIUM) });
  for (let i = 0; i < n; i++) sketch.accept(values[i]);
  return sketch.getValueAtQuantile(0.99);
});
console.log(`@datadog/sketches-js takes ${(library / own).toFixed(1)} times as long`);
