import { printable } from '../printable.js';

/** Text as lines that begin with `# `; none of its characters can end a comment, nor a backslash take the next line into it. */
export const hashComment = (lines: readonly string[]): string =>
  lines.map((line) => `# ${printable(line).replace(/\\$/, '\\ .')}`).join('\n');
