import { UnmetExpectation, type Expectation } from './expectations';
import { FindError } from './FindError';
import { parseFind } from './parseFind';
import { EDGES, NODES } from './targets';

/** What may follow the beginning of an expression; undefined where nothing makes it right. */
export function expectationAfter(before: string): Expectation | undefined {
  if (before.trim() === '') {
    return { type: 'operand' };
  }
  try {
    parseFind(before);
    return { type: 'conjunction' };
  } catch (error) {
    const isAtEnd =
      error instanceof UnmetExpectation && error.from >= before.length;
    if (isAtEnd) {
      return error.expectation;
    }
    if (error instanceof FindError) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a condition may follow the beginning of an expression. */
function accepts(before: string, condition: 'nodes' | 'edges'): boolean {
  try {
    parseFind(`${before} ${condition}`);
    return true;
  } catch (error) {
    return !(
      error instanceof FindError &&
      (error.code === 'mixedTargets' || error.code === 'badFunctionTarget')
    );
  }
}

/** What a condition that follows may find without contradicting what is there. */
export function targetsAfter(before: string): number {
  return (
    (accepts(before, 'nodes') ? NODES : 0) |
    (accepts(before, 'edges') ? EDGES : 0)
  );
}
