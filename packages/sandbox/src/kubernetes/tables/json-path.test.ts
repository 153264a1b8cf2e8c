import { evaluateJsonPath } from './json-path';

const object = {
  metadata: { labels: { 'example.org/team': 'a' } },
  spec: { hosts: ['x', 'y'], ports: [{ number: 80 }, { number: 443 }] },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Accepted', status: 'False' },
    ],
  },
};

describe('evaluateJsonPath', () => {
  it.each([
    ['.spec.hosts', [['x', 'y']]],
    ['.spec.hosts[1]', ['y']],
    ['.spec.ports[*].number', [80, 443]],
    ['.status.conditions[?(@.type=="Accepted")].status', ['False']],
    ['.metadata.labels.example\\.org/team', ['a']],
    ["['spec'].hosts[0]", ['x']],
    ['.spec.missing.deeper', []],
  ])('finds %s', (path, expected) => {
    expect(evaluateJsonPath(object, path)).toEqual(expected);
  });
});
