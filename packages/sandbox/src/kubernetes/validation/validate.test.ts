import { builtinKinds } from '../resources/builtin';
import { storeName } from '../resources/resource';
import { virtualService } from '../schema/istio-traffic';
import type { KubernetesObject } from '../store';
import { sampleDeployment } from '../testing/cluster';
import { parseDuration } from './rules';
import { checkSchema, prune } from './schema-check';
import { validate } from './validate';

function check(
  resource: string,
  object: KubernetesObject,
  current?: KubernetesObject,
) {
  const type = builtinKinds.find(entry => storeName(entry) === resource);
  if (!type) {
    throw new Error(`${resource} is not a built-in kind`);
  }
  return validate(type, object, current).map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

const service = (spec: Record<string, unknown>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'a', namespace: 'n' },
  spec,
});

describe('validate', () => {
  it('lets a sound Deployment through', () => {
    expect(check('deployments.apps', sampleDeployment('a'))).toEqual([]);
  });

  it('names every fault of a Deployment', () => {
    const faults = check('deployments.apps', {
      ...sampleDeployment('a', { replicas: -1, template: undefined }),
    });
    expect(faults).toEqual([
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
      'spec.template.spec.containers: Required value',
    ]);
  });

  it('understands expressions in selectors', () => {
    const selector = {
      matchExpressions: [
        { key: 'app', operator: 'In', values: ['a', 'b'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    };
    const sound = sampleDeployment('a', { selector });
    expect(check('deployments.apps', sound)).toEqual([]);
  });

  it('keeps the spec of a pod as it is, but for its images', () => {
    const pod = (image: string, command: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'n' },
      spec: { containers: [{ name: 'a', image, command: [command] }] },
    });
    expect(check('pods', pod('x:2', 'run'), pod('x:1', 'run'))).toEqual([]);
    expect(check('pods', pod('x:1', 'walk'), pod('x:1', 'run'))[0]).toMatch(
      /^spec: Forbidden: pod updates may not change fields other than/,
    );
  });

  it('wants sound ports of a service', () => {
    expect(check('services', service({ ports: [{ port: 80 }] }))).toEqual([]);
    expect(check('services', service({}))).toEqual([
      'spec.ports: Required value',
    ]);
    expect(
      check('services', service({ ports: [{ port: 1 }, { port: 1 }] })),
    ).toEqual([
      'spec.ports[0].name: Required value',
      'spec.ports[1].name: Required value',
      'spec.ports[1]: Duplicate value: {"port":1}',
    ]);
  });
});

describe('checkSchema', () => {
  const route = (fields: Record<string, unknown>) => ({
    spec: {
      http: [{ ...fields, route: [{ destination: { host: 'a' } }] }],
    },
  });
  const faults = (value: unknown) => {
    const { causes, unknown } = checkSchema(value, virtualService);
    return [...causes.map(cause => cause.message), ...unknown];
  };

  it('accepts sound routes', () => {
    expect(
      faults(route({ timeout: '1m30s', match: [{ uri: { prefix: '/' } }] })),
    ).toEqual([]);
  });

  it('finds wrong types, spans, combinations and unknown fields', () => {
    expect(faults(route({ timeout: 'soon' }))).toEqual([
      'Invalid value: "string": must be a valid duration greater than 1ms',
    ]);
    expect(
      faults(route({ match: [{ uri: { prefix: '/', exact: '/' } }] })),
    ).toEqual([
      'Invalid value: "": "spec.http[0].match[0].uri" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    ]);
    expect(faults(route({ timeouts: '1s' }))).toEqual([
      'spec.http[0].timeouts',
    ]);
    expect(faults({ spec: { http: {} } })).toEqual([
      'Invalid value: "object": spec.http in body must be of type array: "object"',
    ]);
  });

  it('prunes what it does not know', () => {
    expect(prune({ spec: { hosts: ['a'], foo: 1 } }, virtualService)).toEqual({
      spec: { hosts: ['a'] },
    });
  });
});

describe('parseDuration', () => {
  it.each([
    ['1s', 1000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['10ms', 10],
    ['5', undefined],
    ['', undefined],
    ['-1s', undefined],
  ])('reads %j as %s', (value, expected) => {
    expect(parseDuration(value)).toBe(expected);
  });
});
