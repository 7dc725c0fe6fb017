import { UsageError } from '../../host/errors.js';

/** Collects what is wrong, so that a user sees all mistakes at once and not one per run. */
export class Complaints {
  readonly #messages: string[] = [];

  /** Runs a step; its {@link UsageError} is kept and what is left goes on. */
  catch(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#messages.push(...error.sentences);
    }
  }

  /** Throws what was collected, if anything was. */
  throw(): void {
    if (this.#messages.length > 0) throw Complaints.error(this.#messages);
  }

  /** One error of several sentences, a line each. */
  static error(messages: readonly string[], otherwise = ''): UsageError {
    const shown = messages.slice(0, MOST_SHOWN);
    const left = messages.length - shown.length;
    if (left > 0) shown.push(`and ${left} more mistakes`);
    return new UsageError(...(shown.length > 0 ? shown : [otherwise]));
  }
}

const MOST_SHOWN = 10;
