import { SourceError } from '../host/errors.js';

const DEEPEST = 200;
/** In one line, one in the other: the parser used here ends the whole process where there are thousands. */
const MANY_INDICATORS = /(?:[-?:][ \t]+){33}/;

/**
 * Refuses YAML that a recursive parser cannot survive, before it is parsed: collections nested without end by brackets,
 * by indentation or by runs of `- - -` and `? ? ?`. Brackets in texts and comments are counted too, which no file in
 * earnest notices. Throws a {@link SourceError} naming file and line.
 */
export function guardYaml(file: string, text: string): void {
  const indents: number[] = [];
  let brackets = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (brackets === 0) nest(indents, line);
    for (const character of line) {
      if (character === '[' || character === '{') brackets += 1;
      else if ((character === ']' || character === '}') && brackets > 0) brackets -= 1;
      if (brackets > DEEPEST) break;
    }
    if (indents.length + brackets > DEEPEST || MANY_INDICATORS.test(line))
      throw new SourceError(
        `${file}:${index + 1}: is nested more than ${DEEPEST} levels deep, which is not read`,
      );
  }
}

/** The indents of the collections that are open in a line. */
function nest(indents: number[], line: string): void {
  const indent = line.search(/[^ ]/);
  if (indent < 0 || line[indent] === '#' || line[indent] === '\r') return;
  while (indents.length > 0 && indents.at(-1)! >= indent) indents.pop();
  indents.push(indent);
}
