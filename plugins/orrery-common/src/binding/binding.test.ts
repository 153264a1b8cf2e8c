import type { Entity } from '@backstage/catalog-model';
import { bindEntity } from '.';

function component(overrides: {
  annotations?: Record<string, string>;
  namespace?: string;
  spec?: Entity['spec'];
  kind?: string;
}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: overrides.kind ?? 'Component',
    metadata: {
      name: 'payment',
      namespace: overrides.namespace,
      annotations: overrides.annotations,
    },
    spec: overrides.spec ?? { system: 'wealth' },
  };
}

describe('bindEntity', () => {
  it('needs no annotation when the convention is followed', () => {
    expect(bindEntity(component({}))).toEqual({
      cluster: undefined,
      namespace: 'wealth',
      selector: 'app=payment',
      app: 'payment',
    });
  });

  it.each(['wealth', 'system:wealth', 'system:default/wealth'])(
    'reads the system %s',
    system => {
      expect(bindEntity(component({ spec: { system } }))?.namespace).toBe(
        'wealth',
      );
    },
  );

  it('lets upstream’s annotations win', () => {
    expect(
      bindEntity(
        component({
          annotations: {
            'backstage.io/kubernetes-id': 'pay',
            'backstage.io/kubernetes-namespace': 'money',
            'backstage.io/kubernetes-cluster': 'east',
            'backstage.io/kubernetes-label-selector': 'app=pay,tier=core',
          },
        }),
      ),
    ).toEqual({
      cluster: 'east',
      namespace: 'money',
      selector: 'app=pay,tier=core',
      app: 'pay',
    });
  });

  it('falls back to a catalog namespace that is not the default one', () => {
    expect(
      bindEntity(component({ spec: {}, namespace: 'loan' }))?.namespace,
    ).toBe('loan');
    expect(bindEntity(component({ spec: {} }))).toBeUndefined();
  });

  it('leaves out what does not run and what opted out', () => {
    expect(bindEntity(component({ kind: 'Group' }))).toBeUndefined();
    expect(
      bindEntity(component({ annotations: { 'orrery.dev/enabled': 'false' } })),
    ).toBeUndefined();
  });
});
