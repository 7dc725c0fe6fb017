export interface Example {
  readonly command: string;
  readonly output: string;
}
export interface ExampleFolder {
  run(command: string): string;
  remove(): void;
}
export const DOCUMENTS: readonly string[];
export function exampleFolder(): ExampleFolder;
export function examplesIn(markdown: string): Example[];
export function renewed(markdown: string, run: (command: string) => string): string;
export function cutLike(shown: string, made: string): string;
export function topicsPage(): string;
