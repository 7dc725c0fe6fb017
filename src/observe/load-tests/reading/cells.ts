/** The cells of one line of CSV, quotes taken off. */
export function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let n = 0; n < line.length; n++) {
    const c = line[n]!;
    if (quoted && c === '"' && line[n + 1] === '"') {
      cell += '"';
      n++;
    } else if (c === '"') quoted = !quoted;
    else if (c === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += c;
  }
  return [...cells, cell];
}

/** Where the columns of a heading stand, by name. */
export const columnsOf = (heading: string): ReadonlyMap<string, number> =>
  new Map(cellsOf(heading).map((name, n) => [name.trim().replace(/^\ufeff/, ''), n]));

export const hasColumns = (heading: string, names: readonly string[]): boolean => {
  const columns = columnsOf(heading);
  return names.every((name) => columns.has(name));
};
