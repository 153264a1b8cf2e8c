import type { MemoryStorage } from '../memory/memory-storage';
import type { Expression } from '../promql/ast';
import { parseQuery } from '../promql/parse';
import { ExecutionError } from '../promql/errors';
import type { Dialect } from '../promql/dialect';
import type { EvaluationContext } from './context';
import { evaluate } from './evaluate';
import { Pacer } from './pacer';
import { QueryLabels } from './query-labels';
import type { Value } from './values';
import { forEachWindowed } from './windows';
import type { LabelSet } from './query-labels';

/** Settings that hold for all queries. */
export interface EngineOptions {
  dialect: Dialect;
  lookbackMs: number;
  defaultStepMs: number;
  timeoutMs: number;
}

/** Settings of one query. */
export interface QueryOptions {
  lookbackMs?: number;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** The raw samples of a range vector, which only an instant query can ask for. */
export interface MatrixResult {
  type: 'matrix';
  series: { labels: LabelSet; times: number[]; values: number[] }[];
}

/** What a query answers, with the dictionary to read its label sets by. */
export interface QueryResult {
  labels: QueryLabels;
  times: Float64Array;
  value: Value | MatrixResult;
}

function bare(expression: Expression): Expression {
  return expression.kind === 'parentheses'
    ? bare(expression.expression)
    : expression;
}

/** Parses and evaluates queries over a storage. */
export class Engine {
  readonly options: EngineOptions;
  readonly #storage: MemoryStorage;

  constructor(storage: MemoryStorage, options: EngineOptions) {
    this.#storage = storage;
    this.options = options;
  }

  /**
   * Evaluates a query at one instant.
   *
   * @throws ParseError, ExecutionError, QueryTimeoutError, QueryCanceledError
   */
  async instant(
    query: string,
    timeMs: number,
    options: QueryOptions = {},
  ): Promise<QueryResult> {
    const expression = bare(parseQuery(query, this.options.dialect));
    const context = this.#context(Float64Array.of(timeMs), 0, options);
    const value =
      expression.kind === 'matrixSelector' || expression.kind === 'subquery'
        ? await this.#matrix(context, expression)
        : await evaluate(context, expression);
    return { labels: context.labels, times: context.times, value };
  }

  /**
   * Evaluates a query at every step from start to end, both included.
   *
   * @throws ParseError, ExecutionError, QueryTimeoutError, QueryCanceledError
   */
  async range(
    query: string,
    span: { startMs: number; endMs: number; stepMs: number },
    options: QueryOptions = {},
  ): Promise<QueryResult> {
    const expression = parseQuery(query, this.options.dialect);
    const count = Math.floor((span.endMs - span.startMs) / span.stepMs) + 1;
    const times = Float64Array.from(
      { length: count },
      (_, step) => span.startMs + step * span.stepMs,
    );
    const context = this.#context(times, span.stepMs, options);
    context.queryEndMs = span.endMs;
    const value = await evaluate(context, expression);
    if (value.type === 'string') {
      throw new ExecutionError(
        'invalid expression type "string" for range query, must be Scalar or instant Vector',
      );
    }
    return { labels: context.labels, times, value };
  }

  #context(
    times: Float64Array,
    stepMs: number,
    options: QueryOptions,
  ): EvaluationContext {
    return {
      storage: this.#storage,
      labels: new QueryLabels(this.#storage.groups.interner),
      pacer: new Pacer(
        Math.min(options.timeoutMs ?? Infinity, this.options.timeoutMs),
        options.signal,
      ),
      dialect: this.options.dialect,
      lookbackMs: options.lookbackMs ?? this.options.lookbackMs,
      defaultStepMs: this.options.defaultStepMs,
      queryStartMs: times[0],
      queryEndMs: times[times.length - 1],
      times,
      stepMs,
    };
  }

  async #matrix(
    context: EvaluationContext,
    expression: Parameters<typeof forEachWindowed>[1],
  ): Promise<MatrixResult> {
    const series: MatrixResult['series'] = [];
    await forEachWindowed(context, expression, evaluate, (labels, windowAt) => {
      const { times, values, from, to } = windowAt(0);
      if (from >= to) return;
      series.push({
        labels: labels(true),
        times: [...times.slice(from, to)],
        values: [...values.slice(from, to)],
      });
    });
    return { type: 'matrix', series };
  }
}
