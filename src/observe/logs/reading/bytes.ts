/** The characters that bytes of a log, read one by one as Latin-1, stand for in UTF-8. */
export const textOfBytes = (bytes: string): string =>
  /[\x80-\xff]/.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;

/** A text as it looks in a log that is read as Latin-1. */
export const bytesOfText = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
