import type { CallSyntax, Expression } from './syntax';

/** What expressions may have for a value. */
export type Value = string | number | boolean | null | undefined | Value[];

/** What names and steps stand for while a pipeline runs. */
export interface Scope {
  /** Of `env`, `params`, `currentBuild` or a name of its own. */
  lookUp(path: readonly string[]): Value;
  /** A step that has a value, such as `sh(returnStdout: true, ...)`. */
  step(call: CallSyntax): Value;
}

/** Something that fails while a script runs, as the JVM says it. */
export class RuntimeError extends Error {}

/** A value as text: nothing is "null", as in Groovy. */
export const asText = (value: Value): string =>
  value === undefined || value === null ? 'null' : String(value);

/** Groovy's truth: empty texts, zero and nothing are false. */
export const isTrue = (value: Value): boolean =>
  Array.isArray(value) ? value.length > 0 : Boolean(value);

const methods: Readonly<
  Record<string, (self: string, ...given: Value[]) => Value>
> = {
  trim: self => self.trim(),
  take: (self, count) => self.slice(0, Number(count)),
  substring: (self, from, to) =>
    self.slice(Number(from), to === undefined ? undefined : Number(to)),
  toLowerCase: self => self.toLowerCase(),
  toUpperCase: self => self.toUpperCase(),
  startsWith: (self, text) => self.startsWith(asText(text)),
  endsWith: (self, text) => self.endsWith(asText(text)),
  contains: (self, text) => self.includes(asText(text)),
  replace: (self, from, to) => self.split(asText(from)).join(asText(to)),
  replaceAll: (self, from, to) =>
    self.replace(new RegExp(asText(from), 'g'), asText(to)),
  isEmpty: self => self === '',
  toString: (self: string) => self,
  equals: (self, other) => self === asText(other),
};

function pathOf(expression: Expression): string[] | undefined {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'member') return undefined;
  const of = pathOf(expression.of);
  return of && [...of, expression.name];
}

/** Value of an expression. @throws RuntimeError */
export function evaluate(expression: Expression, scope: Scope): Value {
  const value = (inner: Expression) => evaluate(inner, scope);
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'template':
      return expression.parts
        .map(part => (typeof part === 'string' ? part : asText(value(part))))
        .join('');
    case 'list':
      return expression.items.map(value);
    case 'not':
      return !isTrue(value(expression.of));
    case 'choice': {
      const condition = value(expression.condition);
      if (!isTrue(condition)) return value(expression.other);
      return expression.then ? value(expression.then) : condition;
    }
    case 'name':
    case 'member': {
      const path = pathOf(expression);
      if (!path)
        throw new RuntimeError(
          'groovy.lang.MissingPropertyException: No such property',
        );
      return scope.lookUp(path);
    }
    case 'call':
      return callOf(expression.of, expression.call, scope);
    default:
      return binary(expression.operator, value(expression.left), () =>
        value(expression.right),
      );
  }
}

function callOf(
  of: Expression | undefined,
  call: CallSyntax,
  scope: Scope,
): Value {
  if (!of) return scope.step(call);
  const self = evaluate(of, scope);
  const method = Object.hasOwn(methods, call.name)
    ? methods[call.name]
    : undefined;
  if (self === null || self === undefined) {
    throw new RuntimeError(
      `java.lang.NullPointerException: Cannot invoke method ${call.name}() on null object`,
    );
  }
  if (!method) {
    throw new RuntimeError(
      `groovy.lang.MissingMethodException: No signature of method: java.lang.String.${call.name}() is applicable`,
    );
  }
  return method(
    asText(self),
    ...call.positional.map(each => evaluate(each, scope)),
  );
}

function binary(operator: string, left: Value, right: () => Value): Value {
  switch (operator) {
    case '&&':
      return isTrue(left) && isTrue(right());
    case '||':
      return isTrue(left) || isTrue(right());
    case '==':
      return asText(left) === asText(right());
    case '!=':
      return asText(left) !== asText(right());
    case '+': {
      const other = right();
      return typeof left === 'number' && typeof other === 'number'
        ? left + other
        : asText(left) + asText(other);
    }
    case '<':
      return Number(left) < Number(right());
    case '>':
      return Number(left) > Number(right());
    case '<=':
      return Number(left) <= Number(right());
    default:
      return Number(left) >= Number(right());
  }
}
