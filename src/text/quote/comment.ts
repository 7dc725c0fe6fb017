import { printable } from '../printable.js';

/** Text as lines that begin with `# `; none of its characters can end a comment. */
export const hashComment = (lines: readonly string[]): string =>
  lines.map((line) => `# ${printable(line)}`).join('\n');
