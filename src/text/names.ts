/** `perWorker` → `--per-worker`. */
export const flagOf = (name: string): string => `--${kebab(name)}`;

/** `perWorker` → `WCALC_PER_WORKER`. */
export const environmentNameOf = (name: string): string =>
  `WCALC_${kebab(name).replaceAll('-', '_').toUpperCase()}`;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
