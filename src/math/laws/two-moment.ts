import type { Law } from './law.js';

/** A law of which only mean and coefficient of variation are known. */
export const lawOf = (mean: number, cv: number): Law =>
  mean === 0 || cv === 0 ? { kind: 'deterministic', mean } : { kind: 'two-moment', mean, cv };
