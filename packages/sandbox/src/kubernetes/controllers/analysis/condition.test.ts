import { evaluateCondition, type Value } from './condition';

describe('conditions of analyses', () => {
  it.each<[string, Value, boolean]>([
    ['result[0] >= 0.95', [0.97], true],
    ['result[0] >= 0.95', [0.9], false],
    ['result < 1e3 && result > -1', 12, true],
    ['len(result) == 0 || result[0] < 0.05', [], true],
    ['isNaN(result) || result >= 0.95', NaN, true],
    ['all(result, # < 0.05)', [0.01, 0.02], true],
    ['any(result, {# > 0.05})', [0.01, 0.2], true],
    ['default(result, 0) == 0', NaN, true],
    ['not (result > 5) and result != 3', 4, true],
    ['result > 5 ? false : true', 4, true],
    ['(result * 2 + 1) / 3 == 3', 4, true],
    ['\'a\' == "a"', 0, true],
  ])('%s of %j is %s', (condition, result, expected) => {
    expect(evaluateCondition(condition, result)).toBe(expected);
  });

  it.each<[string, Value, string]>([
    ['result[0] > 1', [], 'slice index out of range'],
    ['result >', 1, 'unexpected token'],
    ['result', 1, 'expected bool'],
    ['toString(result) == 1', 1, 'unknown func toString'],
    ['constructor(result) == 1', 1, 'unknown func constructor'],
    ['results > 1', 1, 'unknown name results'],
    ['result @ 1', 1, 'unexpected "@"'],
  ])('%s of %j is refused', (condition, result, message) => {
    expect(() => evaluateCondition(condition, result)).toThrow(message);
  });
});
