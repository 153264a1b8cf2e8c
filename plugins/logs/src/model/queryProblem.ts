import {
  compileLucene,
  LogQueryError,
  parseKql,
  type LogQueryLanguage,
} from '@orrery/backstage-plugin-logs-common';
import { isError } from '@backstage/errors';

/** What is wrong with a query, and where: UTF-16 units. */
export type QueryProblem = {
  message: string;
  position: number;
  length: number;
};

/** What is wrong with a query by itself; the server may know more. */
export function queryProblem(
  query: string,
  language: LogQueryLanguage,
): QueryProblem | undefined {
  try {
    if (language === 'kql') {
      parseKql(query);
    } else {
      compileLucene(query, []);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof LogQueryError)) {
      throw error;
    }
    const { message, position, length } = error;
    return { message, position, length };
  }
}

/** The place that a refusal of the server blames, if it blames the query. */
export function problemOfError(
  error: Error | undefined,
): QueryProblem | undefined {
  const body: unknown = error && Reflect.get(error, 'body');
  const told: unknown =
    typeof body === 'object' && body !== null
      ? Reflect.get(body, 'error')
      : undefined;
  if (!isError(told)) {
    return undefined;
  }
  const position: unknown = Reflect.get(told, 'position');
  const length: unknown = Reflect.get(told, 'length');
  return typeof position === 'number' && typeof length === 'number'
    ? { message: told.message, position, length }
    : undefined;
}
