/** Text of others without what could steer a terminal or break out of a line: controls, line separators, direction marks. */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?');
