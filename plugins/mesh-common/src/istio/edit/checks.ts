import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { HeaderMatch } from './types';

/** Token of RFC 9110 section 5.6.2; Istio wants it in lower case. */
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * @throws InvalidValueError naming the field unless the value is a whole
 *   number of percent
 */
export function checkPercent(field: string, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > 100) {
    throw new InvalidValueError(
      field,
      'a whole number of percent from 0 to 100',
      value,
    );
  }
}

/**
 * @throws InvalidValueError naming the field unless weights are percentages
 *   of different receivers that make 100 together
 */
export function checkWeights(
  weights: readonly { name: string; weight: number }[],
): void {
  if (weights.length === 0) {
    throw new InvalidValueError('weights', 'at least one weight', weights);
  }
  const names = new Set<string>();
  weights.forEach(({ name, weight }, index) => {
    checkPercent(`weights[${index}].weight`, weight);
    if (names.has(name)) {
      throw new InvalidValueError(
        `weights[${index}]`,
        'each receiver once',
        name,
      );
    }
    names.add(name);
  });
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100) {
    throw new InvalidValueError('weights', 'weights that make 100', sum);
  }
}

/**
 * @throws InvalidValueError naming the field unless there are headers, each
 *   with a name and a value that can match
 */
export function checkHeaders(headers: readonly HeaderMatch[]): void {
  if (headers.length === 0) {
    throw new InvalidValueError('headers', 'at least one header', headers);
  }
  headers.forEach(({ name, type, value }, index) => {
    if (!HEADER_NAME.test(name)) {
      throw new InvalidValueError(
        `headers[${index}].name`,
        'a header’s name in lower case',
        name,
      );
    }
    if (value === '') {
      throw new InvalidValueError(`headers[${index}].value`, 'a value', value);
    }
    if (type === 'regex' && !isExpression(value)) {
      throw new InvalidValueError(
        `headers[${index}].value`,
        'a regular expression',
        value,
      );
    }
  });
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}
