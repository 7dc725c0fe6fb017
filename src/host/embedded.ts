/**
 * Text of a file that is inside the executable that runs, by its path under `dist`; null where the program runs from
 * files of its own.
 *
 * @see https://nodejs.org/api/single-executable-applications.html
 */
export function embedded(path: string): string | null {
  // Loaded when asked: a plain run needs no file.
  const { isSea, getAsset } = process.getBuiltinModule('node:sea');
  return isSea() ? getAsset(path, 'utf8') : null;
}
