/** What a source cannot tell, and what to do to learn it. */
export interface Unknown {
  readonly what: string;
  readonly remedy: string;
}
