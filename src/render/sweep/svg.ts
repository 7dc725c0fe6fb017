import { UsageError } from '../../errors.js';
import type { SweepResult } from '../../sweep/types.js';
import { heatSvg } from '../chart/heat-svg.js';
import { lineSvg } from '../chart/svg.js';
import { sweepHeat, sweepLine } from './chart.js';

/** The chart of a sweep as SVG. */
export function sweepSvg(sweep: SweepResult): string {
  if (sweep.points.length === 0)
    throw new UsageError('--format svg: needs --vary, which gives the chart its points');
  return sweep.axes.length === 2 ? heatSvg(sweepHeat(sweep)) : lineSvg(sweepLine(sweep));
}
