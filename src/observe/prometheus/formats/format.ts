import type { Series } from '../series.js';

/** Takes samples as they are read, and puts those of the same series together. */
export interface SampleSink {
  /** Whether samples of a metric are wanted; what is not is not parsed further. */
  wants(name: string): boolean;
  /** A sample of the series with these labels, as they stand in the text without braces. */
  sample(name: string, labels: string, timeMs: number, value: number): void;
}

/** A text that is read line by line. */
export interface LineFormat {
  recognises(head: string): boolean;
  /** Reads a line into the sink; false where it is none of this format. */
  line(text: string, sink: SampleSink): boolean;
}

/** A text that is one JSON document. */
export interface DocumentFormat {
  recognises(head: string): boolean;
  /** Throws a SourceError that names the file where it is not as it must be. */
  read(data: unknown, file: string): readonly Series[];
}
