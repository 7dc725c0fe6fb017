import { UsageError } from '../../../host/errors.js';
import { heatSvg } from '../../../output/chart/heat-svg.js';
import { lineSvg } from '../../../output/chart/svg.js';
import type { SweepResult } from '../types.js';
import { sweepHeat, sweepLine } from './chart.js';

/** The chart of a sweep as SVG. */
export function sweepSvg(sweep: SweepResult): string {
  if (sweep.points.length === 0)
    throw new UsageError('--format svg: needs --vary, which gives the chart its points');
  return sweep.axes.length === 2 ? heatSvg(sweepHeat(sweep)) : lineSvg(sweepLine(sweep));
}
