import { readFileSync } from 'node:fs';
import { METHODS, type MethodId } from '../../../src/model/methods.js';
import type { SimulatedErrors } from '../../../src/model/simulated-errors.js';
import { SHAPE_RESULTS, type ShapeErrors } from '../shape-grid/section.js';
import { SHAPES } from '../shape-grid/systems.js';
import { errorsOf, type Simulated } from './errors.js';

/** Errors of a method as they are published: over these systems, or over those of its shape where no class of Gunicorn uses it. */
export function publishedErrors(
  id: MethodId,
  rows: readonly Simulated[],
): SimulatedErrors & { cases: number } {
  return id === 'loops-with-threads' ? errorsOfShape(SHAPES.mixed.title) : errorsOf(rows, METHODS[id].label);
}

function errorsOfShape(title: string): ShapeErrors {
  const results = JSON.parse(readFileSync(SHAPE_RESULTS, 'utf8')) as readonly ShapeErrors[];
  return results.find(({ shape, pooled }) => shape === title && !pooled)!;
}

/** The table of src/model/simulated-errors.ts. */
export function errorsTable(rows: readonly Simulated[]): string {
  const rounded = (share: number): number => Number(share.toFixed(3));
  const lines = (Object.keys(METHODS) as MethodId[]).map((id) => {
    const { meanMedian, mean95, p95Median, p9595 } = publishedErrors(id, rows);
    return `  '${id}': { meanMedian: ${rounded(meanMedian)}, mean95: ${rounded(mean95)}, p95Median: ${rounded(p95Median)}, p9595: ${rounded(p9595)} },\n`;
  });
  return `{\n${lines.join('')}}`;
}
