export interface Example {
  readonly command: string;
  readonly output: string;
}
export interface ExampleFolder {
  run(command: string, colour?: Readonly<Record<string, string>>): string;
  remove(): void;
}
export const DOCUMENTS: readonly string[];
export function exampleFolder(): ExampleFolder;
export function examplesIn(markdown: string): Example[];
export function renewed(markdown: string, run: (command: string) => string): string;
export function cutLike(shown: string, made: string): string;
export function topicsPage(): string;
export function pictures(run: ExampleFolder['run']): { readonly file: string; readonly svg: string }[];
