/**
 * Keys of a configuration file that are no options. The reader leaves them as plain data; the command that uses a
 * section checks what is in it. To add one, name it here and read `invocation.sections` in the command.
 */
export const SECTIONS = {
  rules: 'severity of the rules of wcalc check, by rule',
  laws: 'laws of the CPU and I/O time, as wcalc fit writes them',
} as const;

export type SectionName = keyof typeof SECTIONS;

/** One section as plain data: null, booleans, numbers, texts, lists and objects. */
export interface Section {
  readonly data: unknown;
  /** `wcalc.yaml:12`: where what lies at `path` in the section stands, for messages. */
  where(...path: readonly (string | number)[]): string;
}

export type Sections = Readonly<Partial<Record<SectionName, Section>>>;
