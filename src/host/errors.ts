/**
 * Errors that a user can cause. The message is one sentence that names the option or `file:line`, what was wrong
 * and what is accepted. Anything else that is thrown is a defect in wcalc.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** One for each mistake; a line break within one is part of what it quotes. */
  readonly sentences: readonly string[];

  constructor(...sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

/** A file or other source that could not be read or parsed. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** A server gave no whole answer; the message says what it did, to follow its address. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
}

/** A file that is not what it will be until something has filled it in. */
export class TemplateError extends SourceError {}
