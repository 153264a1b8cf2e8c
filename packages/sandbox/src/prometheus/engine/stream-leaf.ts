import type { Expression } from '../promql/ast';
import { signatureOf } from '../promql/signatures';
import { CallArguments } from './call-arguments';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import { prepareRangeCall } from './range-call';
import type { RowSink } from './row-sink';
import { streamInstant } from './select-instant';

function isRangeFunction(name: string): boolean {
  const parameters = signatureOf(name)?.parameters ?? [];
  return parameters.includes('range vector') && name !== 'absent_over_time';
}

/**
 * Streams a selector, or a range function over one, into a sink without
 * holding it. Answers false, having done nothing, for any other expression
 * and where the rows may not be distinct and must be checked first.
 */
export async function streamLeaf(
  context: EvaluationContext,
  expression: Expression,
  evaluate: Evaluate,
  sink: RowSink,
): Promise<boolean> {
  switch (expression.kind) {
    case 'parentheses':
      return streamLeaf(context, expression.expression, evaluate, sink);
    case 'vectorSelector':
      await streamInstant(context, expression, 'value', sink);
      return true;
    case 'call': {
      if (!isRangeFunction(expression.name)) return false;
      const args = new CallArguments(context, expression, evaluate);
      const call = await prepareRangeCall(
        context,
        expression.name,
        args,
        evaluate,
      );
      if (!call.distinct) return false;
      await call.stream(sink);
      return true;
    }
    default:
      return false;
  }
}
