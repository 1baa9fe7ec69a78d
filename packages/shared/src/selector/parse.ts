import { labelKeyProblem, labelValueProblem } from './label.ts';
import { byKey, distinct, type Requirement, type Selector } from './selector.ts';
import { SelectorError } from './selector-error.ts';

/** A word, a piece of punctuation, or the end; `at` is where it begins. */
interface Token {
  text: string;
  at: number;
  word: boolean;
}

const PUNCTUATION = ['==', '!=', '=', '!', '>', '<', ',', '(', ')'];
const BREAKS = /[\s=!><,()]/;

/**
 * Reads kubectl's whole grammar of label selectors: `a=b,c==d,e!=f,g in (h,i),j notin (k),l,!m,n>1,o<2` (apimachinery's
 * `pkg/labels/selector.go`). An empty text matches everything. Keys and values are checked as Kubernetes checks them.
 * Throws a SelectorError.
 */
export function parseSelector(text: string): Selector {
  const tokens = new Tokens(text);
  const requirements: Requirement[] = [];
  if (tokens.peek().text === '') return { nothing: false, requirements };
  for (;;) {
    requirements.push(parseRequirement(tokens));
    const token = tokens.next();
    if (token.text === '') break;
    if (token.text !== ',') throw unexpected(token, 'separate requirements by ","');
    if (tokens.peek().text === '') throw unexpected(tokens.peek(), 'a requirement must follow ","');
  }
  return { nothing: false, requirements: requirements.sort(byKey) };
}

function parseRequirement(tokens: Tokens): Requirement {
  if (tokens.peek().text === '!') {
    tokens.next();
    return { key: parseKey(tokens), operator: 'DoesNotExist', values: [] };
  }
  const key = parseKey(tokens);
  const operator = tokens.peek();
  switch (operator.text) {
    case '':
    case ',':
      return { key, operator: 'Exists', values: [] };
    case '=':
    case '==':
      tokens.next();
      return { key, operator: 'In', values: [parseValue(tokens)] };
    case '!=':
      tokens.next();
      return { key, operator: 'NotIn', values: [parseValue(tokens)] };
    case 'in':
    case 'notin':
      tokens.next();
      return { key, operator: operator.text === 'in' ? 'In' : 'NotIn', values: parseValues(tokens) };
    case '>':
    case '<':
      tokens.next();
      return { key, operator: operator.text === '>' ? 'Gt' : 'Lt', values: [parseInteger(tokens)] };
    default:
      throw unexpected(operator, 'after a key comes one of =, ==, !=, in, notin, >, <, or ","');
  }
}

function parseKey(tokens: Tokens): string {
  const token = tokens.next();
  if (!token.word) throw unexpected(token, 'a label key is needed here');
  const problem = labelKeyProblem(token.text);
  if (problem !== null) throw new SelectorError(`invalid key "${token.text}"`, token.at, problem);
  return token.text;
}

/** One value; nothing at all is the empty value. */
function parseValue(tokens: Tokens): string {
  const token = tokens.peek();
  if (!token.word) {
    if (token.text === '' || token.text === ',' || token.text === ')') return '';
    throw unexpected(token, 'a label value is needed here');
  }
  tokens.next();
  const problem = labelValueProblem(token.text);
  if (problem !== null) throw new SelectorError(`invalid value "${token.text}"`, token.at, problem);
  return token.text;
}

function parseValues(tokens: Tokens): string[] {
  const open = tokens.next();
  if (open.text !== '(') throw unexpected(open, 'values stand in parentheses, such as (a,b)');
  const values: string[] = [];
  if (tokens.peek().text === ')') throw unexpected(tokens.peek(), 'at least one value is needed');
  for (;;) {
    values.push(parseValue(tokens));
    const token = tokens.next();
    if (token.text === ')') return distinct(values);
    if (token.text !== ',') throw unexpected(token, 'separate values by "," and close them with ")"');
  }
}

function parseInteger(tokens: Tokens): string {
  const { at } = tokens.peek();
  const value = parseValue(tokens);
  if (/^-?\d+$/.test(value)) return value;
  throw new SelectorError(`invalid value "${value}"`, at, '> and < compare with an integer');
}

function unexpected(token: Token, mend: string): SelectorError {
  return new SelectorError(token.text === '' ? 'unexpected end' : `unexpected "${token.text}"`, token.at, mend);
}

/** Words and punctuation one by one; at the end an empty token that is no word, for ever. */
class Tokens {
  #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): Token {
    const at = this.#at;
    const token = this.next();
    this.#at = at;
    return token;
  }

  next(): Token {
    const text = this.#text;
    while (this.#at < text.length && /\s/.test(text.charAt(this.#at))) this.#at++;
    const at = this.#at;
    const mark = PUNCTUATION.find((piece) => text.startsWith(piece, at));
    if (mark !== undefined) {
      this.#at += mark.length;
      return { text: mark, at, word: false };
    }
    while (this.#at < text.length && !BREAKS.test(text.charAt(this.#at))) this.#at++;
    return { text: text.slice(at, this.#at), at, word: this.#at > at };
  }
}
