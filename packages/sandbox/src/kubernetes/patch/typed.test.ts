import { deployment } from '../schema/workloads';
import { typingProblem } from './typed';

const withContainers = (containers: unknown) => ({
  spec: { template: { spec: { containers } } },
});

describe('typingProblem', () => {
  it.each([
    [{ spec: { replicas: 2 } }, undefined],
    [{ spec: { foo: 1 } }, '.spec.foo: field not declared in schema'],
    [
      { spec: { replicas: 'two' } },
      '.spec.replicas: expected numeric (int or float), got string',
    ],
    [
      withContainers({}),
      '.spec.template.spec.containers: expected list, got object',
    ],
    [
      withContainers([{ name: 'a' }, { name: 'a' }]),
      '.spec.template.spec.containers: duplicate entries for key [name="a"]',
    ],
    [{ spec: { strategy: { rollingUpdate: { maxSurge: '25%' } } } }, undefined],
  ])('of %j is %s', (value, expected) => {
    expect(typingProblem(value, deployment)).toBe(expected);
  });
});
