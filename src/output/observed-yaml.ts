import { Document, type Scalar, visit } from 'yaml';
import { printable } from '../text/printable.js';
import { OLD_AND_NEW, yamlOfDocument } from './yaml.js';

/** The value of an option as it would be typed, and where it was seen. */
interface SeenValue {
  readonly name: string;
  readonly text: string;
  readonly where: string;
}

/** Observed values as a configuration file that `plan`, `check` and `simulate` read, each with where it was seen. */
export function observedYaml(
  heading: string,
  observed: readonly SeenValue[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const document = new Document({}, OLD_AND_NEW);
  document.commentBefore = ` ${printable(heading)}`;
  for (const { name, text, where } of observed) {
    const value = document.createNode(plainValue(text)) as Scalar;
    value.comment = ` ${printable(where)}`;
    document.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) {
    document.set(name, document.createNode(value));
  }
  // Long lists of numbers on a line each would hide the rest.
  visit(document, { Seq: (_, list) => void Object.assign(list, { flow: true }) });
  return yamlOfDocument(document, { lineWidth: 0, flowCollectionPadding: false });
}

export const renderObserved =
  (heading: string) =>
  ({ observed }: { readonly observed: readonly SeenValue[] }): string =>
    observedYaml(heading, observed);

const plainValue = (text: string): string | number | boolean =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
