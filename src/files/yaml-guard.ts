import { SourceError } from '../host/errors.js';

const MAX_DEPTH = 200;
const MANY_INDICATORS = /(?:[-?:][ \t]+){33}/;

/**
 * Refuses YAML that a recursive parser cannot survive, before it is parsed: brackets nested without end, or long runs
 * of `- - -` and `? ? ?`, the latter of which end the whole process in the parser used here. Brackets in texts and
 * comments are counted too, which no file in earnest notices. Throws a {@link SourceError} naming file and line.
 */
export function guardYaml(file: string, text: string): void {
  let depth = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const character of line) {
      if (character === '[' || character === '{') depth += 1;
      else if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    }
    if (depth > MAX_DEPTH || MANY_INDICATORS.test(line))
      throw new SourceError(`${file}:${index + 1}: is nested too deeply to be read`);
  }
}
