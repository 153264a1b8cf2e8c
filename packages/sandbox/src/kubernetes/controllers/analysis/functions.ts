import type { Value } from './condition';

/** An argument; called with an element it is a predicate over it. */
type Operand = (item?: Value) => Value;

function listOf(operand: Operand): Value[] {
  const value = operand();
  if (!Array.isArray(value)) throw new Error('expected a list');
  return value;
}

const numberOf = (value: Value) => Number(value);

const isNaNValue = (value: Value) =>
  typeof value === 'number' && Number.isNaN(value);

const functions: Record<string, (...operands: Operand[]) => Value> = {
  len: list => {
    const value = list();
    if (!Array.isArray(value) && typeof value !== 'string') {
      throw new Error('invalid argument for len');
    }
    return value.length;
  },
  isNaN: value => isNaNValue(value()),
  isInf: value => Math.abs(numberOf(value())) === Infinity,
  isNil: value => value() === undefined,
  asInt: value => Math.trunc(numberOf(value())),
  asFloat: value => numberOf(value()),
  default: (value, fallback) => {
    const given = value();
    const missing = given === undefined || isNaNValue(given);
    return missing || (Array.isArray(given) && given.length === 0)
      ? fallback()
      : given;
  },
  all: (list, predicate) => listOf(list).every(item => predicate(item)),
  any: (list, predicate) => listOf(list).some(item => predicate(item)),
  none: (list, predicate) => !listOf(list).some(item => predicate(item)),
  one: (list, predicate) =>
    listOf(list).filter(item => predicate(item)).length === 1,
  filter: (list, predicate) => listOf(list).filter(item => predicate(item)),
  map: (list, predicate) => listOf(list).map(item => predicate(item)),
  count: (list, predicate) =>
    listOf(list).filter(item => predicate(item)).length,
  sum: list =>
    listOf(list).reduce<number>((sum, item) => sum + numberOf(item), 0),
  min: list => Math.min(...listOf(list).map(numberOf)),
  max: list => Math.max(...listOf(list).map(numberOf)),
  abs: value => Math.abs(numberOf(value())),
};

/** Calls a function of the condition language. @throws Error when there is none of that name */
export function callFunction(name: string, operands: Operand[]): Value {
  if (!Object.hasOwn(functions, name)) {
    throw new Error(`unknown func ${name}`);
  }
  return functions[name](...operands);
}
