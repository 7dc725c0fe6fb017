import { expect } from 'vitest';
import { type OptionType, ValueError } from '../../../src/input/option.js';

/** The message with which a type refuses a text. */
export function refusal(type: OptionType<unknown>, text: string): string {
  try {
    const value = type.parse(text);
    return expect.fail(`${JSON.stringify(text)} was accepted as ${JSON.stringify(value)}`);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return error.message;
  }
}
