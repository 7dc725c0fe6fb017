/** Text as lines that begin with `# `. Control characters and line separators, which could end a comment, become spaces. */
export const hashComment = (lines: readonly string[]): string =>
  lines.map((line) => `# ${line.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`).join('\n');
