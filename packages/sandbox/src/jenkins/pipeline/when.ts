import {
  asText,
  evaluate,
  isTrue,
  RuntimeError,
  type Scope,
} from '../groovy/evaluate';
import type { Statement } from '../groovy/syntax';

/** What conditions look at. */
export interface WhenPlace {
  branch: string;
  environment: ReadonlyMap<string, string>;
}

/** Whether a condition of `when` holds. */
export function holds(
  statement: Statement,
  scope: Scope,
  place: WhenPlace,
): boolean {
  if (statement.kind !== 'call') {
    return (
      statement.kind === 'expression' &&
      isTrue(evaluate(statement.value, scope))
    );
  }
  const { name, positional, named, body = [] } = statement.call;
  const text = (index: number) =>
    asText(positional[index] && evaluate(positional[index], scope));
  const like = (value: string | undefined, pattern: string) =>
    value !== undefined &&
    new RegExp(
      `^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`,
    ).test(value);
  const { environment } = place;
  switch (name) {
    case 'branch':
      return like(place.branch, text(0));
    case 'tag':
    case 'buildingTag':
      return like(environment.get('TAG_NAME'), name === 'tag' ? text(0) : '*');
    case 'not':
      return !body.every(each => holds(each, scope, place));
    case 'anyOf':
      return body.some(each => holds(each, scope, place));
    case 'environment':
      return (
        environment.get(asText(evaluate(named.name, scope))) ===
        asText(evaluate(named.value, scope))
      );
    case 'beforeAgent':
      return true;
    case 'expression':
    case 'allOf':
      return body.every(each => holds(each, scope, place));
    default:
      throw new RuntimeError(
        `java.lang.NoSuchMethodError: No such when condition '${name}'`,
      );
  }
}
