import { deployment } from '../schema/workloads';
import { node } from '../schema/core';
import { strategicMerge } from './strategic';

const live = {
  metadata: { finalizers: ['a', 'b'] },
  spec: {
    replicas: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: {
      spec: {
        tolerations: [{ key: 'x' }],
        containers: [
          { name: 'app', image: 'app:1', args: ['a', 'b'] },
          { name: 'side', image: 'side:1' },
        ],
      },
    },
  },
};

const patched = (spec: unknown) =>
  strategicMerge(live, { spec: { template: { spec } } }, deployment);

const containers = (list: unknown) => ({
  spec: { template: { spec: { containers: list } } },
});

describe('strategicMerge', () => {
  it('merges lists of objects by their key and replaces plain lists', () => {
    expect(
      patched({ containers: [{ name: 'app', args: ['c'] }] }),
    ).toMatchObject(
      containers([
        { name: 'app', image: 'app:1', args: ['c'] },
        { name: 'side', image: 'side:1' },
      ]),
    );
    expect(patched({ tolerations: [{ key: 'y' }] })).toMatchObject({
      spec: { template: { spec: { tolerations: [{ key: 'y' }] } } },
    });
  });

  it('deletes an element, and replaces a whole list', () => {
    expect(
      patched({ containers: [{ name: 'side', $patch: 'delete' }] }),
    ).toMatchObject(containers([{ name: 'app' }]));
    expect(
      patched({
        containers: [{ $patch: 'replace' }, { name: 'new', image: 'n' }],
      }),
    ).toMatchObject(containers([{ name: 'new', image: 'n' }]));
  });

  it('orders elements as told', () => {
    const result = patched({
      '$setElementOrder/containers': [
        { name: 'side' },
        { name: 'new' },
        { name: 'app' },
      ],
      containers: [{ name: 'new', image: 'n' }],
    });
    expect(result).toMatchObject(
      containers([{ name: 'side' }, { name: 'new' }, { name: 'app' }]),
    );
  });

  it('unites and thins out lists of values', () => {
    expect(
      strategicMerge(
        live,
        { metadata: { finalizers: ['b', 'c'] } },
        deployment,
      ),
    ).toMatchObject({ metadata: { finalizers: ['a', 'b', 'c'] } });
    expect(
      strategicMerge(
        live,
        { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } },
        deployment,
      ),
    ).toMatchObject({ metadata: { finalizers: ['b'] } });
  });

  it('removes fields by null, whole objects by directive, and others by retainKeys', () => {
    const result = strategicMerge(
      live,
      {
        spec: {
          replicas: null,
          strategy: { $retainKeys: ['type'], type: 'Recreate' },
          template: { $patch: 'delete' },
        },
      },
      deployment,
    );
    expect(result).toEqual({
      metadata: live.metadata,
      spec: { strategy: { type: 'Recreate' } },
    });
  });

  it('merges conditions by type', () => {
    const result = strategicMerge(
      { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
      {
        status: {
          conditions: [
            { type: 'Ready', status: 'False' },
            { type: 'Pressure', status: 'True' },
          ],
        },
      },
      node,
    );
    expect(result).toEqual({
      status: {
        conditions: [
          { type: 'Ready', status: 'False' },
          { type: 'Pressure', status: 'True' },
        ],
      },
    });
  });

  it('leaves the live object untouched', () => {
    const before = JSON.stringify(live);
    patched({ containers: [{ name: 'app', image: 'app:2' }] });
    expect(JSON.stringify(live)).toBe(before);
  });
});
