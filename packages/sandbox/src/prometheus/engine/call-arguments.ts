import type { Call, Expression } from '../promql/ast';
import { ExecutionError } from '../promql/errors';
import type { EvaluationContext } from './context';
import type { Evaluate } from './evaluate';
import type { StepVector } from './vector';

/** Takes parentheses off, which never change a meaning. */
function bare(expression: Expression): Expression {
  return expression.kind === 'parentheses'
    ? bare(expression.expression)
    : expression;
}

/** Evaluates the arguments of one call, each with the type its place demands. */
export class CallArguments {
  readonly #context: EvaluationContext;
  readonly #call: Call;
  readonly #evaluate: Evaluate;

  constructor(context: EvaluationContext, call: Call, evaluate: Evaluate) {
    this.#context = context;
    this.#call = call;
    this.#evaluate = evaluate;
  }

  get count(): number {
    return this.#call.arguments.length;
  }

  expression(index: number): Expression {
    return bare(this.#call.arguments[index]);
  }

  async vector(index: number): Promise<StepVector> {
    const value = await this.#evaluate(this.#context, this.expression(index));
    if (value.type !== 'vector') throw this.#wrongType(index);
    return value.vector;
  }

  async scalar(index: number): Promise<Float64Array> {
    const value = await this.#evaluate(this.#context, this.expression(index));
    if (value.type !== 'scalar') throw this.#wrongType(index);
    return value.values;
  }

  text(index: number): string {
    const expression = this.expression(index);
    if (expression.kind !== 'string') throw this.#wrongType(index);
    return expression.value;
  }

  #wrongType(index: number): ExecutionError {
    return new ExecutionError(
      `argument ${index + 1} of ${this.#call.name} has the wrong type`,
    );
  }
}
