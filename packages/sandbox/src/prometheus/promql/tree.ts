import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Dialect } from './dialect';
import { ParseError } from './errors';

/** All children of a node, tokens included, in the order of the text. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}

export function textOf(query: string, node: SyntaxNode): string {
  return query.slice(node.from, node.to);
}

/** The first unmatched opening bracket, which explains most unexpected ends. */
function unclosedBracket(query: string): string | undefined {
  const closers: Readonly<Record<string, string>> = {
    ')': '(',
    ']': '[',
    '}': '{',
  };
  const names: Readonly<Record<string, string>> = {
    '(': 'unclosed left parenthesis',
    '[': 'unclosed left bracket',
    '{': 'unexpected end of input inside braces',
  };
  const open: string[] = [];
  for (const bracket of query.replace(
    /"(\\.|[^"\\])*"|'(\\.|[^'\\])*'|`[^`]*`|#.*/g,
    '',
  )) {
    if ('([{'.includes(bracket)) open.push(bracket);
    else if (closers[bracket] && open.pop() !== closers[bracket]) {
      return undefined;
    }
  }
  return names[open[open.length - 1]];
}

/**
 * Prometheus 2.x calls double_exponential_smoothing `holt_winters`, which the
 * grammar no longer knows. The tree is built with a function name of equal
 * length in its place; the text, and with it the name, stays as written.
 */
function withKnownNames(query: string): string {
  return query.replace(/\bholt_winters(?=\s*\()/g, 'day_of_month');
}

function syntaxError(query: string, node: SyntaxNode): ParseError {
  const rest = query.slice(node.from);
  const skipped = rest.length - rest.trimStart().length;
  const from = node.from + skipped;
  const token = /^([A-Za-z_:][\w:]*|[\d.]+\w*|[=!<>]=|=~|!~|.)/s.exec(
    rest.trimStart(),
  );
  if (!token) {
    const detail = unclosedBracket(query) ?? 'unexpected end of input';
    return new ParseError(query, { from, to: from }, detail);
  }
  if (/^["']/.test(token[0])) {
    return new ParseError(
      query,
      { from, to: from },
      'unterminated quoted string',
    );
  }
  const call = /([A-Za-z_:][\w:]*)\s*$/.exec(query.slice(0, from));
  if (token[0] === '(' && call) {
    return new ParseError(
      query,
      { from: call.index, to: from },
      `unknown function with name ${JSON.stringify(call[1])}`,
    );
  }
  const kind = /^[A-Za-z_:]/.test(token[0]) ? 'identifier ' : '';
  return new ParseError(
    query,
    { from, to: from + token[0].length },
    `unexpected ${kind}${JSON.stringify(token[0])}`,
  );
}

/** The syntax tree of a query by Prometheus's own grammar; refuses a query with any error in it. */
export function parseTree(query: string, dialect: Dialect): SyntaxNode {
  const tree = parser.parse(dialect === 2 ? withKnownNames(query) : query);
  let broken: SyntaxNode | undefined;
  tree.iterate({
    enter: node => {
      if (node.type.isError && !broken) broken = node.node;
      return !broken;
    },
  });
  if (query.replace(/#.*/g, '').trim() === '') {
    throw new ParseError(query, undefined, 'no expression found in input');
  }
  const root = tree.topNode.firstChild;
  if (broken) throw syntaxError(query, broken);
  if (!root) throw syntaxError(query, tree.topNode);
  return root;
}
