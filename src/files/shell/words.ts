import type { Reading } from '../reading.js';

/** How a command line writes variables: `$X ${X:-2}`, `$(X)`, or not at all. */
export type VariableStyle = 'shell' | 'kubernetes' | 'none';

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** A variable; `fallback` is the text after `:-` or `-`. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly fallback: readonly Part[] | null;
      /** The fallback is also taken for an empty value. */
      readonly emptyToo: boolean;
      /** Written `$(X)`: where nothing sets it, it is left as it stands, which a shell takes for a command. */
      readonly mayBeCommand?: true;
    }
  /** What a shell made of it, known or not; `text` is how it was written. Where `isSplit`, it may be several words. */
  | {
      readonly kind: 'value';
      readonly reading: Reading<string>;
      readonly text: string;
      readonly isSplit?: boolean;
    }
  /** Something that only a shell can work out. */
  | { readonly kind: 'substitution'; readonly text: string };

/** A word with the offsets of its raw text. */
export interface Word {
  readonly parts: readonly Part[];
  readonly from: number;
  readonly to: number;
}

/** Splits text into words as `shlex.split` does: quotes and backslashes, no operators; undefined where a quote is never closed. */
export function splitWords(text: string, variables: VariableStyle = 'none'): readonly Word[] | undefined {
  return new WordReader(text, variables).words();
}

const SPACE = /[ \t\r\n]/;
const NAME = /^[A-Za-z_]\w*/;
/** Bounds how deep fallbacks can nest. */
const LONGEST_FALLBACK = 1000;

class WordReader {
  private readonly text: string;
  private readonly variables: VariableStyle;
  private at = 0;

  constructor(text: string, variables: VariableStyle) {
    this.text = text;
    this.variables = variables;
  }

  words(): Word[] | undefined {
    const words: Word[] = [];
    while (this.at < this.text.length) {
      if (this.skipSpace()) continue;
      const word = this.word();
      if (!word) return undefined;
      words.push(word);
    }
    return words;
  }

  private skipSpace(): boolean {
    if (this.text.startsWith('\\\n', this.at)) this.at += 2;
    else if (this.text.startsWith('\\\r\n', this.at)) this.at += 3;
    else if (SPACE.test(this.text[this.at]!)) this.at += 1;
    else return false;
    return true;
  }

  private word(): Word | undefined {
    const from = this.at;
    const parts: Part[] = [];
    while (this.at < this.text.length && !this.endsWord()) {
      const read = this.piece();
      if (!read) return undefined;
      parts.push(...read);
    }
    return { parts: merged(parts), from, to: this.at };
  }

  private endsWord(): boolean {
    return SPACE.test(this.text[this.at]!) || this.text.startsWith('\\\n', this.at);
  }

  private piece(): Part[] | undefined {
    const char = this.text[this.at]!;
    if (char === "'") return this.singleQuoted();
    if (char === '"') return this.doubleQuoted();
    if (char === '\\') {
      this.at += 2;
      return [{ kind: 'text', text: this.text[this.at - 1] ?? '' }];
    }
    return [this.variable() ?? this.literal()];
  }

  private literal(): Part {
    this.at += 1;
    return { kind: 'text', text: this.text[this.at - 1]! };
  }

  private singleQuoted(): Part[] | undefined {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) return undefined;
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return [{ kind: 'text', text }];
  }

  private doubleQuoted(): Part[] | undefined {
    const parts: Part[] = [{ kind: 'text', text: '' }];
    this.at += 1;
    while (this.at < this.text.length) {
      const char = this.text[this.at]!;
      if (char === '"') {
        this.at += 1;
        return parts;
      }
      if (char === '\\' && /["\\$`\n]/.test(this.text[this.at + 1] ?? '')) {
        if (this.text[this.at + 1] !== '\n') parts.push({ kind: 'text', text: this.text[this.at + 1]! });
        this.at += 2;
      } else parts.push(this.variable() ?? this.literal());
    }
    return undefined;
  }

  /** A variable or substitution that begins here. */
  private variable(): Part | undefined {
    const { variables } = this;
    const char = this.text[this.at];
    if (variables === 'none' || (char !== '$' && !(char === '`' && variables === 'shell'))) return undefined;
    if (variables === 'kubernetes') return this.kubernetesVariable();
    if (char === '`') return this.enclosed('`', 1);
    if (this.text.startsWith('$((', this.at)) return this.enclosed('))', 3);
    if (this.text.startsWith('$(', this.at)) return this.enclosed(')', 2);
    if (this.text.startsWith('${', this.at)) return this.braced();
    const name = NAME.exec(this.text.slice(this.at + 1, this.at + 101))?.[0];
    if (name) {
      this.at += 1 + name.length;
      return { kind: 'variable', name, fallback: null, emptyToo: false };
    }
    if (/[\d@*#?!$-]/.test(this.text[this.at + 1] ?? '')) {
      this.at += 2;
      return { kind: 'substitution', text: this.text.slice(this.at - 2, this.at) };
    }
    return undefined;
  }

  private kubernetesVariable(): Part | undefined {
    const match = /^\$\(([A-Za-z_][\w.-]*)\)/.exec(this.text.slice(this.at, this.at + 200));
    if (match) {
      this.at += match[0].length;
      return { kind: 'variable', name: match[1]!, fallback: null, emptyToo: false, mayBeCommand: true };
    }
    if (!this.text.startsWith('$$', this.at)) return undefined;
    this.at += 2;
    return { kind: 'text', text: '$' };
  }

  /** Up to the closing mark, inner brackets counted. */
  private enclosed(close: string, skip: number): Part {
    const from = this.at;
    let depth = 0;
    let at = this.at + skip;
    for (; at < this.text.length; at += 1) {
      if (depth === 0 && this.text.startsWith(close, at)) break;
      if (this.text[at] === '(') depth += 1;
      else if (this.text[at] === ')') depth -= 1;
    }
    this.at = Math.min(this.text.length, at + close.length);
    return { kind: 'substitution', text: this.text.slice(from, this.at) };
  }

  private braced(): Part {
    const from = this.at;
    let depth = 0;
    let end = from + 2;
    for (; end < this.text.length; end += 1) {
      if (this.text[end] === '}' && depth === 0) break;
      if (this.text.startsWith('${', end)) depth += 1;
      else if (this.text[end] === '}') depth -= 1;
    }
    this.at = Math.min(this.text.length, end + 1);
    const body = this.text.slice(from + 2, end);
    const match = /^([A-Za-z_]\w*)(?:(:?)([-=?+])([\s\S]*))?$/.exec(body);
    const raw = this.text.slice(from, this.at);
    if (!match || match[3] === '+' || body.length > LONGEST_FALLBACK)
      return { kind: 'substitution', text: raw };
    const [, name = '', colon, operator, rest = ''] = match;
    const isFallback = operator === '-' || operator === '=';
    return {
      kind: 'variable',
      name,
      fallback: isFallback ? fallbackParts(rest, this.variables) : null,
      emptyToo: colon === ':',
    };
  }
}

function fallbackParts(text: string, variables: VariableStyle): readonly Part[] {
  const all = splitWords(text, variables) ?? [];
  return all.length === 0
    ? [{ kind: 'text', text: '' }]
    : all.length === 1
      ? all[0]!.parts
      : [{ kind: 'text', text }];
}

function merged(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      result[result.length - 1] = { kind: 'text', text: last.text + part.text };
    else result.push(part);
  }
  return result;
}
