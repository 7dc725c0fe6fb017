import { Document, type Scalar, visit } from 'yaml';
import type { ObservedValue } from '../observe/values.js';
import { printable } from '../text/printable.js';

/** Observed values as a configuration file that `plan`, `check` and `simulate` read, each with where it was seen. */
export function observedYaml(
  heading: string,
  observed: readonly ObservedValue[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const document = new Document({});
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
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

export const renderObserved =
  (heading: string) =>
  ({ observed }: { readonly observed: readonly ObservedValue[] }): string =>
    observedYaml(heading, observed);

const plainValue = (text: string): string | number | boolean =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
