import type { Values } from '../parse/options.js';

/** `perWorker` → `--per-worker`. */
export const flagOf = (name: keyof Values): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
