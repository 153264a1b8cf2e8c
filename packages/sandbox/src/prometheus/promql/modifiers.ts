import type { SyntaxNode } from '@lezer/common';
import type { VectorMatching } from './ast';
import { ParseError } from './errors';
import { unquote } from './literals';
import { childrenOf, textOf } from './tree';

/** The names in a parenthesized list of labels; none where the list is missing. */
export function labelList(
  query: string,
  node: SyntaxNode | undefined,
): string[] {
  return (node ? childrenOf(node) : [])
    .filter(child => /LabelName$/.test(child.name))
    .map(child => {
      const text = textOf(query, child);
      return child.name === 'QuotedLabelName' ? unquote(text) ?? '' : text;
    });
}

/** What stands between a binary operator and its right side. */
export interface BinaryModifiers {
  matching: VectorMatching;
  returnBool: boolean;
  /** Whether on(...) or ignoring(...) was written. */
  matchingWritten: boolean;
}

/** Reads `bool`, on/ignoring and group_left/group_right. */
export function binaryModifiers(
  query: string,
  nodes: readonly SyntaxNode[],
): BinaryModifiers {
  const fill = nodes.find(node => node.name === 'FillModifier');
  if (fill) {
    throw new ParseError(
      query,
      fill,
      'binop fill modifiers are experimental and not enabled',
    );
  }
  const clause = nodes.find(node => node.name === 'MatchingModifierClause');
  const parts = clause ? childrenOf(clause) : [];
  const lists = parts.filter(part => part.name === 'GroupingLabels');
  const grouped = parts.find(part => /^Group(Left|Right)$/.test(part.name));
  let cardinality: VectorMatching['cardinality'] = 'one-to-one';
  if (grouped) {
    cardinality = grouped.name === 'GroupLeft' ? 'many-to-one' : 'one-to-many';
  }
  return {
    matching: {
      cardinality,
      on: parts[0]?.name === 'On',
      labels: labelList(query, lists[0]),
      include: labelList(query, lists[1]),
    },
    returnBool: nodes.some(node => node.name === 'BoolModifier'),
    matchingWritten: clause !== undefined,
  };
}
