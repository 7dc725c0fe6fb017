// Errors of the approximations of M/G/c and G/G/c against exact solutions, from which their error bands are taken.
// usage: npm run bench:approximations

import type { Law } from '../../src/math/laws/law.js';
import { lawMean } from '../../src/math/laws/moments.js';
import { phphTimes } from '../../src/math/queues/multi-server/phph-times.js';
import {
  extrapolatedMeans,
  quadraticMeans,
} from '../../src/math/queues/multi-server/poisson-approximation.js';
import { timesFromMeans } from '../../src/math/queues/multi-server/poisson-wait.js';
import { renewalTimes } from '../../src/math/queues/multi-server/renewal-approximation.js';

type WaitingTimes = ReturnType<typeof timesFromMeans>;

import {
  erlangPhases,
  hyperexponentialOfMoments,
  hyperexponentialPhases,
  mixedErlangPhases,
  type PhaseType,
} from '../../src/math/queues/phase-type/phase-type.js';

type Errors = Record<string, number[]>;

/** Waits so rare are left out: relative errors of percentiles that are 0 mean nothing. */
const RARE = 0.01;

/** Adds the relative errors of one system; percentiles of the wait relative to those of the sojourn. */
function compare(errors: Errors, found: WaitingTimes, exact: WaitingTimes): void {
  if (exact.waitProbability < RARE) return;
  const add = (name: string, error: number) => {
    errors[name] = [...(errors[name] ?? []), Math.abs(error)];
  };
  add('P(wait)', found.waitProbability / exact.waitProbability - 1);
  add('mean wait', found.wait.mean / exact.wait.mean - 1);
  for (const p of [0.95, 0.99]) {
    const sojourn = exact.sojourn.percentile(p);
    add(`wait p${100 * p}`, (found.wait.percentile(p) - exact.wait.percentile(p)) / sojourn);
    add(`sojourn p${100 * p}`, found.sojourn.percentile(p) / sojourn - 1);
  }
}

function report(title: string, errors: Errors): void {
  const cells = Object.entries(errors).map(([name, values]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number) =>
      (100 * sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!).toFixed(2);
    return `${name} ${at(0.5)} / ${at(0.95)} / ${at(1)}`;
  });
  const systems = Object.values(errors)[0]?.length ?? 0;
  console.log(`${title}, ${systems} systems (median / 95 % / worst, in %)\n  ${cells.join('\n  ')}`);
}

const phaseType = (phases: PhaseType): Law => ({ kind: 'phase-type', ...phases });
const poisson = (rate: number) => erlangPhases(1 / rate, 1);
const hyper = (scv: number) => hyperexponentialPhases(1, Math.sqrt(scv));
const mixed = (scv: number) => mixedErlangPhases(1, Math.sqrt(scv));

function extrapolation(title: string, laws: readonly PhaseType[]): void {
  const errors: Errors = {};
  for (const law of laws)
    for (const servers of [72, 112])
      for (const utilization of [0.7, 0.8, 0.9, 0.95, 0.98]) {
        const rate = servers * utilization;
        const means = extrapolatedMeans(law, servers, utilization);
        const found = timesFromMeans(means.waitProbability, means.mean, rate, phaseType(law), servers);
        compare(errors, found, phphTimes(poisson(rate), law, servers));
      }
  report(title, errors);
}

function quadratics(): void {
  const errors: Errors = {};
  for (const scv of [0.25, 0.3, 1 / 3, 0.4, 0.45])
    for (const servers of [2, 3, 4, 5, 6])
      for (const utilization of [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98]) {
        const rate = servers * utilization;
        const means = quadraticMeans(scv, servers, utilization);
        const law = mixed(scv);
        const found = timesFromMeans(means.waitProbability, means.mean, rate, phaseType(law), servers);
        compare(errors, found, phphTimes(poisson(rate), law, servers));
      }
  report('M/G/c, quadratic in cv² below ½', errors);
}

function renewal(): void {
  const errors: Errors = {};
  for (const arrival of [mixed(0.25), mixed(0.5), hyper(2), hyper(4)])
    for (const service of [mixed(0.5), mixed(0.7), hyper(2), hyper(4)])
      for (const utilization of [0.7, 0.8, 0.9, 0.95]) {
        const servers = arrival.alpha.length > 2 ? 24 : 40;
        const intervals = scaled(arrival, 1 / (servers * utilization));
        const found = renewalTimes(phaseType(intervals), phaseType(service), servers);
        compare(errors, found, phphTimes(intervals, service, servers));
      }
  report('G/G/c with 24 and 40 servers', errors);
}

/** G/G/c whose laws have more phases than the systems that correct the product. */
function simplifiedRenewal(): void {
  const errors: Errors = {};
  const systems = [
    [erlangPhases(1, 4), erlangPhases(1, 4), 4],
    [erlangPhases(1, 2), erlangPhases(1, 4), 5],
    [erlangPhases(1, 8), erlangPhases(1, 2), 8],
    [erlangPhases(1, 8), hyper(4), 8],
    [hyper(4), erlangPhases(1, 4), 5],
  ] as const;
  for (const [arrival, service, servers] of systems)
    for (const utilization of [0.7, 0.8, 0.9, 0.95]) {
      const intervals = scaled(arrival, 1 / (servers * utilization));
      const found = renewalTimes(phaseType(intervals), phaseType(service), servers);
      compare(errors, found, phphTimes(intervals, service, servers));
    }
  report('G/G/c of more phases', errors);
}

/** What a third moment changes: hyperexponential laws of equal mean and cv, balanced means against a gamma law's third moment. */
function thirdMoment(scv: number): void {
  const errors: Errors = {};
  const gamma = hyperexponentialOfMoments(1, 1 + scv, (1 + scv) * (1 + 2 * scv));
  if (!gamma) return;
  for (const servers of [2, 4, 8, 16, 32])
    for (const utilization of [0.5, 0.7, 0.8, 0.9, 0.95]) {
      const rate = servers * utilization;
      compare(
        errors,
        phphTimes(poisson(rate), gamma, servers),
        phphTimes(poisson(rate), hyper(scv), servers),
      );
    }
  report(`M/H₂/c of cv² ${scv}: gamma third moment against balanced means`, errors);
}

function scaled(law: PhaseType, mean: number): PhaseType {
  const factor = lawMean(phaseType(law)) / mean;
  return { alpha: law.alpha, generator: law.generator.map((row) => row.map((x) => x * factor)) };
}

extrapolation('M/PH/c extrapolated to 72 and 112 servers, cv² below 1', [mixed(0.5), mixed(0.7)]);
extrapolation('M/PH/c extrapolated to 72 and 112 servers, cv² 1.5 to 4', [hyper(1.5), hyper(2), hyper(4)]);
extrapolation('M/PH/c extrapolated to 72 and 112 servers, cv² 9', [hyper(9)]);
quadratics();
renewal();
simplifiedRenewal();
for (const scv of [1.5, 2, 4, 9]) thirdMoment(scv);
