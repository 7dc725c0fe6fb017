/** JSON for machines: one document, two-space indent, keys in the result's own order. */
export const json = (result: unknown): string => JSON.stringify(result, null, 2);
