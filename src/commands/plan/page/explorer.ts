import type { Drawing } from '../../../plan/drawing.js';
import type { Configuration } from '../../../plan/types.js';
import type { Assumption } from '../../../profile/types.js';
import { ASSUMED, type Assumed } from './assumed.js';

interface Slider {
  readonly id: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
}

const OUTPUTS = [
  ['capacity', 'Capacity'],
  ['cpu', 'CPU busy'],
  ['wait', 'Requests that wait'],
  ['mean', 'Mean'],
  ['p50', 'p50'],
  ['p90', 'p90'],
  ['p95', 'p95'],
  ['p99', 'p99'],
  ['memory', 'Memory'],
] as const;

/** Sliders with the numbers and the chart that the page's script keeps up to date. Native inputs, so the keyboard works. */
export function explorer(
  drawing: Drawing,
  chosen: Configuration,
  assumptions: readonly Assumption[],
  chartSvg: string,
): string {
  const controls = slidersOf(drawing, chosen).map(control).join('\n');
  const assumed = assumedSliders(drawing, assumptions).map(control).join('\n');
  const outputs = OUTPUTS.map(([id, label]) => `<dt>${label}</dt><dd id="now-${id}">–</dd>`).join('');
  return `<form class="try">
<div class="controls">
${controls}
${assumed && `<fieldset><legend>Assumed, because not given</legend>\n${assumed}\n</fieldset>`}
<button type="reset" id="reset">Back to the plan</button>
</div>
<div>
<p id="verdict" aria-live="polite">–</p>
<dl>${outputs}</dl>
</div>
<div id="chart">${chartSvg}</div>
</form>`;
}

function slidersOf({ candidate, workload, memory }: Drawing, { prediction }: Configuration): Slider[] {
  const rate = workload.ratePerSecond ?? prediction.capacityPerSecond / 2;
  const top = Math.max(rate, prediction.capacityPerSecond) * 1.5;
  const step = 10 ** Math.floor(Math.log10(top / 200));
  const most = Math.max(rate, Math.ceil(top / step) * step);
  const sliders: Slider[] = [
    { id: 'rate', label: 'Rate', min: step, max: most, step: exactStep(rate, step), value: rate },
    {
      id: 'workers',
      label: 'Workers',
      min: 1,
      max: Math.max(16, candidate.workers * 2),
      step: 1,
      value: candidate.workers,
    },
  ];
  if (candidate.kind.concurrency === 'threads' && candidate.kind.fixedThreads === null) {
    sliders.push({
      id: 'threads',
      label: 'Threads',
      min: 1,
      max: Math.max(32, candidate.threads * 2),
      step: 1,
      value: candidate.threads,
    });
  }
  if (memory.memoryMiB !== null && memory.perWorkerMiB !== null) {
    sliders.push({
      id: 'memory',
      label: 'Memory',
      min: 1,
      max: Math.ceil(memory.memoryMiB * 4),
      step: exactStep(memory.memoryMiB, 1),
      value: memory.memoryMiB,
    });
  }
  return sliders;
}

/** What the plan assumed that a slider can say otherwise. */
function assumedSliders(drawing: Drawing, assumptions: readonly Assumption[]): Slider[] {
  const inputs = new Set(assumptions.map(({ input }) => input));
  return ASSUMED.flatMap((assumed) => {
    const value = inputs.has(assumed.input) ? assumed.value(drawing) : null;
    return value === null ? [] : [assumedSlider(assumed, value)];
  });
}

function assumedSlider({ input, label, range }: Assumed, value: number): Slider {
  const step = 10 ** Math.floor(Math.log10(value / 5));
  const { min, max, step: by } = range ?? { min: step, max: 4 * value, step };
  return {
    id: input,
    label,
    min: Math.min(min, value),
    max: Math.max(max, value),
    step: exactStep(value, by),
    value,
  };
}

/** A range input rounds to its steps: where the planned value is none, any value must be allowed, lest the page show other numbers. */
const exactStep = (value: number, step: number): number =>
  Math.abs(value / step - Math.round(value / step)) < 1e-9 ? step : Number.NaN;

function control({ id, label, min, max, step, value }: Slider): string {
  const steps = Number.isNaN(step) ? 'any' : String(step);
  return `<div class="field"><label for="slider-${id}"><span>${label}</span><output id="slider-${id}-value" for="slider-${id}">–</output></label><input type="range" id="slider-${id}" min="${min}" max="${max}" step="${steps}" value="${value}"></div>`;
}
