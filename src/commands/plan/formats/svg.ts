import { lineSvg } from '../../../output/chart/svg.js';
import type { PlanResult } from '../../../plan/types.js';
import { latencyChart } from './charts.js';

/** The latency chart of a plan as SVG; nothing where no configuration fits. */
export function planSvg(plan: PlanResult): string {
  const drawn = plan.given ?? plan.recommendation;
  const chart = drawn && latencyChart(plan, drawn);
  return chart ? lineSvg(chart) : '';
}
