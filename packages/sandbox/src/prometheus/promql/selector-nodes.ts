import type { SyntaxNode } from '@lezer/common';
import type { LabelMatcher } from '../storage';
import type { VectorSelector } from './ast';
import { ParseError } from './errors';
import { unquote } from './literals';
import { compileAnchored } from './regex';
import { childrenOf, textOf } from './tree';

const OPERATORS: readonly LabelMatcher['operator'][] = ['=', '!=', '=~', '!~'];

/** The text of a string node, or a parse error where its escapes are malformed. */
export function stringValue(query: string, node: SyntaxNode): string {
  const value = unquote(textOf(query, node));
  if (value === undefined) {
    throw new ParseError(query, node, 'unterminated quoted string');
  }
  return value;
}

function matcherOf(query: string, node: SyntaxNode): LabelMatcher {
  const [nameNode, operatorNode, valueNode] = childrenOf(node);
  if (node.name === 'QuotedLabelName') {
    return {
      name: '__name__',
      operator: '=',
      value: stringValue(query, nameNode),
    };
  }
  const name =
    nameNode.name === 'QuotedLabelName'
      ? unquote(textOf(query, nameNode)) ?? ''
      : textOf(query, nameNode);
  const operator = OPERATORS.find(one => one === textOf(query, operatorNode));
  if (!operator)
    throw new ParseError(
      query,
      operatorNode,
      'unexpected label matching operator',
    );
  const value = stringValue(query, valueNode);
  if (operator === '=~' || operator === '!~') {
    requireRegex(query, node, value);
  }
  return { name, operator, value };
}

function requireRegex(query: string, node: SyntaxNode, pattern: string): void {
  try {
    compileAnchored(pattern);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ParseError(query, node, error.message);
  }
}

function matchesEmpty(matcher: LabelMatcher): boolean {
  switch (matcher.operator) {
    case '=':
      return matcher.value === '';
    case '!=':
      return matcher.value !== '';
    case '=~':
      return compileAnchored(matcher.value)('');
    default:
      return !compileAnchored(matcher.value)('');
  }
}

/** Reads `name{label="value"}` and refuses what would select everything. */
export function vectorSelectorOf(
  query: string,
  node: SyntaxNode,
): VectorSelector {
  const position = { from: node.from, to: node.to };
  const children = childrenOf(node);
  const identifier = children.find(child => child.name === 'Identifier');
  const braces = children.find(child => child.name === 'LabelMatchers');
  const name = identifier && textOf(query, identifier);
  const matchers = (braces ? childrenOf(braces) : [])
    .filter(child => /Matcher$|^QuotedLabelName$/.test(child.name))
    .map(child => matcherOf(query, child));
  if (name !== undefined) {
    const second = matchers.find(one => one.name === '__name__');
    if (second) {
      throw new ParseError(
        query,
        position,
        `metric name must not be set twice: ${JSON.stringify(
          name,
        )} or ${JSON.stringify(second.value)}`,
      );
    }
    matchers.push({ name: '__name__', operator: '=', value: name });
  }
  if (matchers.every(matchesEmpty)) {
    throw new ParseError(
      query,
      position,
      'vector selector must contain at least one non-empty matcher',
    );
  }
  return {
    kind: 'vectorSelector',
    name,
    matchers,
    shift: { offsetMs: 0 },
    position,
  };
}
