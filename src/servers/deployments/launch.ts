import type { Environment, Surroundings } from '../../files/reading.js';
import type { CommandWord } from '../../files/shell/command-text.js';
import type { Source, Span } from '../../files/text-file.js';
import type { Server } from '../server.js';

/** What a command comes to start. */
export type Launch = {
  /** The word that names what is started. */
  readonly at: Span;
  /** The condition that decides whether it is started; null where it certainly is. */
  readonly condition: string | null;
  /** The scripts on the way to it. */
  readonly scripts: readonly Source[];
} & (
  | {
      readonly kind: 'server';
      /** `gunicorn`, `uvicorn`; of a manager of processes `title` is null. */
      readonly program: string;
      readonly title: string | null;
      /** The server, where its settings can be read. */
      readonly server: Server | null;
      readonly args: readonly CommandWord[];
      readonly environment: Environment;
    }
  | { readonly kind: 'other'; readonly program: string }
  /** `&&` and the like where no shell reads them: what stands after them is never started. */
  | {
      readonly kind: 'no-shell';
      readonly operator: string;
      readonly program: string;
      readonly server: string;
    }
  /** What may start a server and was not read. */
  | { readonly kind: 'unread'; readonly what: string; readonly give: string }
);

export interface LaunchContext {
  readonly outer: Surroundings;
  /** Variables given by the user, which scripts do not change. */
  readonly locked: ReadonlySet<string>;
  /** The script of the project that a path of the running system means. */
  readonly script: (path: string) => Source | null;
  /** The Python file that a path or module means. */
  readonly python: (path: string) => Source | null;
}
