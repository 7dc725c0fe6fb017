/**
 * What could steer a terminal, break out of a line or hide in a text: control characters (C0, DEL, C1), line and
 * paragraph separators, marks and isolates of direction, characters without width or that only lay out others, tags,
 * non-characters and halves of surrogate pairs.
 */
const UNSEEN =
  /[\u034f\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|\ud80d[\udc30-\udc3f]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The second mark of what CI systems take for commands in a log: `::name …::` of GitHub after the blanks that begin a
 * line (where a line begins is not known yet), `##[`, `##vso[` and `##teamcity[` of others.
 */
const COMMAND = /(?<=^\s*:):|(?<=\s:):(?=[a-z][^\n]{0,300}?::)|(?<=#)#(?=(?:vso|teamcity)?\[)/gi;

const FOREIGN = new RegExp(`${UNSEEN.source}|${COMMAND.source}`, 'gi');

/** Colours and weights, as a style writes them. */
const STYLED = /(\u001b\[[\d;]*m)/;

/**
 * Text of others as one line that shows what is in it: `␛` for an escape, `␊` for a line break, `�` for what has no
 * picture or would begin a command of a CI system. A tab becomes a space. As long as the text itself, so that columns
 * stay.
 */
export const printable = (text: string): string => text.replace(FOREIGN, picture);

/** Whether {@link printable} leaves a text as it is. */
export const isPrintable = (text: string): boolean => text.search(FOREIGN) < 0;

/**
 * A document whose line breaks are its own, with all that is not printable in its quoted texts written by `write`, so
 * that it reads back as it was.
 */
export const escaped = (document: string, write: (character: string) => string): string =>
  document.replace(FOREIGN, (character) => (character === '\n' ? character : write(character)));

/** A whole output, whose line breaks and tabs are its own; with `styled` its colours are too. */
export function printableOutput(text: string, styled = false): string {
  if (styled)
    return text
      .split(STYLED)
      .map((part, n) => (n % 2 === 1 ? part : printableOutput(part)))
      .join('');
  return text.replace(UNSEEN, (character, at: number) => {
    const isOwn = character === '\n' || character === '\t' || (character === '\r' && text[at + 1] === '\n');
    return isOwn ? character : picture(character);
  });
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (character === '\t') return ' ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd'.repeat(character.length);
}
