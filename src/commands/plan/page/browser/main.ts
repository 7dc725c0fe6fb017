import { lineSvg, type SvgSize } from '../../../../output/chart/svg.js';
import type { Drawing } from '../../../../plan/drawing.js';
import { count, mebibytes, milliseconds, percent, perSecond } from '../../../../text/numbers.js';
import { curveChart } from '../../formats/charts.js';
import { ASSUMED, withAssumed } from '../assumed.js';
import { curveAt, type Outcome, outcome, type Sliders } from './state.js';

const planned = JSON.parse(element('wcalc-data').textContent ?? '') as Drawing;

let asked = 0;

for (const slider of document.querySelectorAll<HTMLInputElement>('input[type=range]'))
  slider.addEventListener('input', update);
document.querySelector('#reset')?.addEventListener('click', () => setTimeout(update));
document.querySelector('form')?.addEventListener('submit', (event) => event.preventDefault());
window.addEventListener('resize', update);
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  button.addEventListener('click', () => void copy(button));
}
update();

/** Numbers at once; the curve, which asks the model at many rates, when the browser is idle and no newer move came. */
function update(): void {
  asked += 1;
  const move = asked;
  const assumed = readAssumed();
  const drawing = withAssumed(planned, assumed);
  const sliders = read(drawing);
  const now = outcome(drawing, sliders);
  showAssumed(assumed);
  showNumbers(sliders, now);
  setTimeout(() => {
    if (move === asked) showChart(drawing, sliders, now);
  });
}

/** What the sliders of the plan's assumptions say, by name. */
function readAssumed(): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const { input } of ASSUMED) {
    const value = sliderValue(input);
    if (value !== null) values.set(input, value);
  }
  return values;
}

function showAssumed(values: ReadonlyMap<string, number>): void {
  for (const { input, text } of ASSUMED) {
    const value = values.get(input);
    if (value !== undefined) put(`slider-${input}-value`, text(value));
  }
}

function read(drawing: Drawing): Sliders {
  return {
    ratePerSecond: sliderValue('rate') ?? 0,
    workers: sliderValue('workers') ?? drawing.candidate.workers,
    threads: sliderValue('threads') ?? drawing.candidate.threads,
    memoryMiB: sliderValue('memory'),
  };
}

function sliderValue(id: string): number | null {
  const slider = document.querySelector<HTMLInputElement>(`#slider-${id}`);
  return slider ? Number(slider.value) : null;
}

function showNumbers(sliders: Sliders, { prediction: p, memoryMiB, fits, good, verdict }: Outcome): void {
  put('slider-rate-value', perSecond(sliders.ratePerSecond));
  put('slider-workers-value', count(sliders.workers));
  put('slider-threads-value', count(sliders.threads));
  put('slider-memory-value', mebibytes(sliders.memoryMiB));
  put('now-capacity', perSecond(p.capacityPerSecond));
  put('now-cpu', percent(p.utilization?.cpu ?? null));
  put('now-wait', percent(p.waitProbability));
  const overloaded = p.stable === false;
  for (const name of ['mean', 'p50', 'p90', 'p95', 'p99'] as const) {
    put(`now-${name}`, overloaded ? 'overload' : milliseconds(p[`${name}Ms`]));
  }
  put('now-memory', `${mebibytes(memoryMiB)}${fits === false ? ', does not fit' : ''}`);
  const summary = element('verdict');
  summary.className = good ? 'good' : 'bad';
  summary.textContent = verdict;
}

function showChart(drawing: Drawing, sliders: Sliders, { prediction }: Outcome): void {
  const chart = curveChart({
    name: `${sliders.workers} × ${sliders.threads} ${drawing.candidate.kind.label}`,
    curve: curveAt(drawing, sliders, prediction.capacityPerSecond),
    ratePerSecond: prediction.stable === false ? null : sliders.ratePerSecond,
    prediction,
    objectiveMs: drawing.p95LimitMs,
  });
  const place = element('chart');
  if (!chart) return;
  // Parsed as an image, not as markup of the page: what is in it can be no script.
  const drawn = new DOMParser().parseFromString(lineSvg(chart, sizeIn(place)), 'image/svg+xml');
  place.replaceChildren(document.importNode(drawn.documentElement, true));
}

const WIDEST = 720;
const NARROWEST = 280;

/** As wide as its place, so that its text is not shrunk with it; less flat where that is narrow. */
function sizeIn({ clientWidth }: HTMLElement): SvgSize {
  const width = Math.max(NARROWEST, Math.min(WIDEST, clientWidth));
  return { width, height: Math.round(200 + (width * 200) / WIDEST) };
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = element(button.dataset.copy ?? '').textContent ?? '';
  await navigator.clipboard.writeText(text);
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 1500);
}

function put(id: string, text: string): void {
  const found = document.querySelector(`#${id}`);
  if (found) found.textContent = text;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
