/**
 * A result to 12 significant digits: more than an approximation is good for, and no more than engines agree on.
 * Exponentials and powers differ in the last of 17 digits between versions of V8, and what is made of many of them more.
 */
export const steady = (value: number): number => Number(value.toPrecision(12));
