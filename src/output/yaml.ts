import { Document, isScalar, Scalar, visit } from 'yaml';
import { escaped, isPrintable } from '../text/printable.js';
import { hashComment } from '../text/quote/comment.js';
import { unicodeEscape } from '../text/unicode-escape.js';

/** A YAML document under its comment lines. */
export const yamlText = (head: readonly string[], data: unknown): string =>
  `${hashComment(head)}\n${yamlOf(data)}`;

/** Without references within a document, and with quotes around words that YAML 1.1 takes for other types: `yes`, `1:30`. */
export const OLD_AND_NEW = { aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

/** Plain data as a YAML 1.2 document that parsers of YAML 1.1 read alike. */
export const yamlOf = (data: unknown): string =>
  yamlOfDocument(new Document(data, OLD_AND_NEW), { lineWidth: 0 });

/** A plain word that YAML 1.1 has a type of its own for (value key). */
const VALUE_KEY = '=';

/**
 * The text of a document. Texts with characters that cannot be seen, some of which parsers refuse, are put in double
 * quotes with those characters escaped, so that they read back as they were.
 */
export function yamlOfDocument(document: Document, options: Parameters<Document['toString']>[0]): string {
  visit(document, {
    Scalar(_, node) {
      if (!isScalar(node) || typeof node.value !== 'string') return;
      if (!isPrintable(node.value) || node.value === VALUE_KEY) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  // All that is left of them stands in double quotes.
  return escaped(document.toString(options), unicodeEscape);
}

/** A result as YAML 1.2, with the data of its JSON. */
export const yaml = (result: unknown): string => yamlOf(JSON.parse(JSON.stringify(result)));
