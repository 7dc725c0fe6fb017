import { Document, type Scalar } from 'yaml';
import type { ObservedValue } from '../observe/values.js';

/** Observed values as a configuration file that `plan`, `check` and `simulate` read, each with where it was seen. */
export function observedYaml(
  heading: string,
  observed: readonly ObservedValue[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const document = new Document({});
  document.commentBefore = ` ${heading}`;
  for (const { name, text, where } of observed) {
    const value = document.createNode(plainValue(text)) as Scalar;
    value.comment = ` ${where.replace(/[\r\n]+/g, ' ')}`;
    document.set(name, value);
  }
  for (const [name, value] of Object.entries(more)) {
    const node = document.createNode(value);
    if (Array.isArray(value)) Object.assign(node, { flow: true });
    document.set(name, node);
  }
  return document.toString({ lineWidth: 100 });
}

export const renderObserved =
  (heading: string) =>
  ({ observed }: { readonly observed: readonly ObservedValue[] }): string =>
    observedYaml(heading, observed);

const plainValue = (text: string): string | number | boolean =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
