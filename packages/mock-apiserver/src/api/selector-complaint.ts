/** The operators between a key and its values, as they are counted up to who wrote none (`binaryOperators`). */
const OPERATORS = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];
const SYMBOLS = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);
const VALUED = new Set(['=', '==', '!=', '>', '<']);

/** The words and signs of a selector; the last is empty and ends it. */
function tokens(selector: string): string[] {
  return [...(selector.match(/[^\s=!(),<>]+|==|!=|[=!(),<>]/g) ?? []), ''];
}

const isName = (token: string | undefined) => token !== undefined && token !== '' && !SYMBOLS.has(token);
const found = (token: string | undefined, expected: string) => `found '${token ?? ''}', expected: ${expected}`;

/** Goes through the values in parentheses from after `(`; says what is wrong with them, or where they end. */
function values(list: readonly string[], from: number): string | number {
  if (list[from] !== ')' && list[from] !== ',' && !isName(list[from]))
    return found(list[from], "',', ')' or identifier");
  for (let at = from; ; at++) {
    const token = list[at];
    if (token === ')') return at + 1;
    if (token === ',') continue;
    if (!isName(token)) return found(token, "',', or identifier");
    const next = list[at + 1];
    if (next !== ',' && next !== ')') return found(next, "',' or ')'");
  }
}

/** Goes through one requirement; says what is wrong with it, or where it ends. */
function requirement(list: readonly string[], from: number): string | number {
  const key = list[from] === '!' ? from + 1 : from;
  if (!isName(list[key])) return found(list[key], 'identifier');
  const operator = list[key + 1];
  if (operator === '' || operator === ',') return key + 1;
  if (operator === 'in' || operator === 'notin') {
    return list[key + 2] === '(' ? values(list, key + 3) : `found '${list[key + 2]}' expected: '('`;
  }
  if (operator === undefined || !VALUED.has(operator)) return found(operator, OPERATORS.join(', '));
  const value = list[key + 2];
  if (value === '' || value === ',') return key + 2;
  return isName(value) ? key + 3 : found(value, 'identifier');
}

/** What is wrong with a label selector, in the words of apimachinery `labels/selector.go`; undefined where it can be read. */
export function selectorComplaint(selector: string): string | undefined {
  const list = tokens(selector);
  for (let at = 0; list[at] !== ''; ) {
    if (list[at] !== '!' && !isName(list[at])) return found(list[at], "!, identifier, or 'end of string'");
    const next = requirement(list, at);
    if (typeof next === 'string') return `unable to parse requirement: ${next}`;
    if (list[next] === '') return undefined;
    if (list[next] !== ',') return found(list[next], "',' or 'end of string'");
    if (list[next + 1] !== '!' && !isName(list[next + 1])) return found(list[next + 1], "identifier after ','");
    at = next + 1;
  }
  return undefined;
}
