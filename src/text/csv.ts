/** One record of RFC 4180 CSV, without its line break. */
export function csvRecord(fields: readonly (string | number | boolean | null | undefined)[]): string {
  return fields.map(field).join(',');
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers. */
function field(value: string | number | boolean | null | undefined): string {
  const plain = value === null || value === undefined ? '' : String(value);
  const text = typeof value === 'string' && /^\s*[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
