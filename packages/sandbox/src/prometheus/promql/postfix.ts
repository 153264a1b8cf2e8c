import type { SyntaxNode } from '@lezer/common';
import type { Expression, Position, TimeShift } from './ast';
import { durationMs, positiveDurationMs } from './durations';
import { ParseError } from './errors';
import { parseNumberLiteral } from './literals';
import { childrenOf, textOf } from './tree';

/** The shift that `offset` and `@` change: a selector's or a subquery's own. */
function shiftOf(expression: Expression): TimeShift | undefined {
  switch (expression.kind) {
    case 'vectorSelector':
    case 'subquery':
      return expression.shift;
    case 'matrixSelector':
      return expression.vector.shift;
    default:
      return undefined;
  }
}

function applyOffset(
  query: string,
  expression: Expression,
  node: SyntaxNode,
): Expression {
  const shift = shiftOf(expression);
  if (!shift) {
    throw new ParseError(
      query,
      expression.position,
      'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    );
  }
  if (shift.offsetMs !== 0) {
    throw new ParseError(
      query,
      expression.position,
      'offset may not be set multiple times',
    );
  }
  const children = childrenOf(node);
  shift.offsetMs = durationMs(query, children[children.length - 1]);
  return expression;
}

function applyAt(
  query: string,
  expression: Expression,
  node: SyntaxNode,
): Expression {
  const shift = shiftOf(expression);
  if (!shift) {
    throw new ParseError(
      query,
      expression.position,
      '@ modifier must be preceded by an instant vector selector or range vector selector or a subquery',
    );
  }
  if (shift.at !== undefined) {
    throw new ParseError(
      query,
      expression.position,
      '@ <timestamp> may not be set multiple times',
    );
  }
  const children = childrenOf(node);
  const last = children[children.length - 1];
  if (last.name === 'AtModifierPreprocessors') {
    shift.at = last.firstChild?.name === 'AtStart' ? 'start' : 'end';
    return expression;
  }
  const text = textOf(query, last);
  const magnitude = parseNumberLiteral(text.replace(/^[+-]/, ''));
  if (magnitude === undefined || !Number.isFinite(magnitude)) {
    throw new ParseError(
      query,
      last,
      `timestamp out of bounds for @ modifier: ${text}`,
    );
  }
  const seconds = text.startsWith('-') ? -magnitude : magnitude;
  shift.at = Math.round(seconds * 1000);
  return expression;
}

function bracketPosition(query: string, before: Expression): Position {
  const from = query.indexOf('[', before.position.to);
  return { from, to: from + 1 };
}

/** Binds `offset`, `@`, `[range]` or `[range:step]` to the expression before it. */
export function applyPostfix(
  query: string,
  expression: Expression,
  node: SyntaxNode,
): Expression {
  const position = { from: expression.position.from, to: node.to };
  const durations = childrenOf(node).filter(
    child => child.name === 'DurationExpr',
  );
  switch (node.name) {
    case 'OffsetExpr':
      return applyOffset(query, expression, node);
    case 'StepInvariantExpr':
      return applyAt(query, expression, node);
    case 'SubqueryExpr':
      return {
        kind: 'subquery',
        expression,
        rangeMs: positiveDurationMs(query, durations[0]),
        stepMs: durations[1] && positiveDurationMs(query, durations[1]),
        shift: { offsetMs: 0 },
        position,
      };
    default:
      if (expression.kind !== 'vectorSelector') {
        throw new ParseError(
          query,
          bracketPosition(query, expression),
          'ranges only allowed for vector selectors',
        );
      }
      if (
        expression.shift.offsetMs !== 0 ||
        expression.shift.at !== undefined
      ) {
        throw new ParseError(
          query,
          expression.position,
          expression.shift.at === undefined
            ? 'no offset modifiers allowed before range'
            : 'no @ modifiers allowed before range',
        );
      }
      return {
        kind: 'matrixSelector',
        vector: expression,
        rangeMs: positiveDurationMs(query, durations[0]),
        position,
      };
  }
}
