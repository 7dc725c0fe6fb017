/** A word of a line: the literal text before it, its value, and the closing mark behind it. */
export interface Token {
  readonly before: string;
  readonly value: string;
  readonly behind: string;
  /** `rt` of `rt=0.123`; empty where there is none. */
  readonly key: string;
}

/** Texts with blanks in them that are one value. */
const DATE = String.raw`\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z| ?[+-]\d\d:?\d\d)?`;
const LIST = String.raw`[^\s",\[\]]+(?:(?:, | : )[^\s",\[\]]+)+`;
const TOKEN = new RegExp(
  String.raw`(\s*)(?:([A-Za-z_][\w.-]*)([=:]))?(?:"((?:[^"\\]|\\.)*)(")|\[([^\]]*)(\])|(<\d+>)|(${DATE})|(${LIST})|([^\s"\[\]]+))`,
  'y',
);
const MOST_TOKENS = 60;

/** The words of a line; null where it cannot be cut into words. */
export function tokensOf(line: string): Token[] | null {
  const tokens: Token[] = [];
  const text = line.trimEnd();
  let at = 0;
  while (at < text.length && tokens.length < MOST_TOKENS) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return null;
    tokens.push(tokenOf(match));
    at = TOKEN.lastIndex;
  }
  return at < text.length ? null : tokens;
}

function tokenOf(match: RegExpExecArray): Token {
  const [, blanks, key = '', sign = '', quoted, quote, bracketed, bracket] = match;
  const plain = match[8] ?? match[9] ?? match[10] ?? match[11] ?? '';
  const opening = quote ?? (bracket === undefined ? '' : '[');
  return {
    before: `${blanks}${key}${sign}${opening}`,
    value: quoted ?? bracketed ?? plain,
    behind: quote ?? bracket ?? '',
    key: key.toLowerCase(),
  };
}

/** Lines with the same shape have the same literals between their words. */
export const shapeOfTokens = (tokens: readonly Token[]): string =>
  tokens.map(({ before, behind }) => `${before.replace(/\s+/g, ' ')}·${behind}`).join('');

/** `0/100000`, as Apache's `%T/%D` is often written: two values. */
export function splitAtSlash(tokens: readonly Token[], isSplit: (column: number) => boolean): Token[] {
  return tokens.flatMap((token, n) => {
    const slash = token.value.indexOf('/');
    if (!isSplit(n) || slash < 0) return [token];
    return [
      { ...token, value: token.value.slice(0, slash), behind: '' },
      { before: '/', value: token.value.slice(slash + 1), behind: token.behind, key: '' },
    ];
  });
}
