import { parseAllDocuments } from 'yaml';
import { defaultWorld } from '../world/default';
import { catalogEntities, catalogYaml } from '.';

describe('the catalog', () => {
  const entities = catalogEntities(defaultWorld);
  const find = (kind: string, name: string) =>
    entities.find(
      entity => entity.kind === kind && entity.metadata.name === name,
    );

  it('names systems as namespaces and components as apps, without annotations', () => {
    expect(find('Component', 'order')?.spec).toMatchObject({
      system: 'wealth',
      owner: 'group:default/trading',
      dependsOn: ['component:default/payment', 'resource:default/mysql'],
    });
    expect(find('System', 'wealth')?.spec.domain).toBe('finance');
    const annotated = entities.filter(
      entity => entity.metadata.annotations?.['backstage.io/kubernetes-id'],
    );
    expect(annotated.map(entity => entity.spec.system)).toEqual([
      'wealth-test',
      'wealth-test',
      'wealth-test',
    ]);
  });

  it('tells a test environment by its system and lifecycle', () => {
    expect(find('Component', 'wealth-test-payment')).toMatchObject({
      metadata: { annotations: { 'backstage.io/kubernetes-id': 'payment' } },
      spec: {
        system: 'wealth-test',
        lifecycle: 'test',
        owner: 'group:default/payments',
      },
    });
  });

  it('refers only to entities that exist', () => {
    const refs = new Set(
      entities.map(
        ({ kind, metadata }) =>
          `${kind.toLowerCase()}:default/${metadata.name}`,
      ),
    );
    for (const { spec } of entities) {
      const named = [
        ...(Array.isArray(spec.dependsOn) ? spec.dependsOn : []),
        ...(spec.owner ? [spec.owner] : []),
        ...(spec.system ? [`system:default/${spec.system}`] : []),
        ...(spec.domain ? [`domain:default/${spec.domain}`] : []),
        ...(Array.isArray(spec.memberOf)
          ? spec.memberOf.map(team => `group:default/${team}`)
          : []),
      ];
      for (const ref of named) expect(refs).toContain(ref);
    }
  });

  it('gives an app whose name is taken another name and says where it is', () => {
    const [app] = defaultWorld.apps;
    const world = {
      ...defaultWorld,
      apps: [app, { ...app, namespace: 'loan' }],
    };
    expect(
      catalogEntities(world).filter(({ kind }) => kind === 'Component'),
    ).toEqual([
      expect.objectContaining({
        metadata: expect.not.objectContaining({
          annotations: expect.anything(),
        }),
      }),
      expect.objectContaining({
        metadata: expect.objectContaining({
          name: `loan-${app.name}`,
          annotations: { 'backstage.io/kubernetes-id': app.name },
        }),
      }),
    ]);
  });

  it('is one YAML file with as many documents', () => {
    const documents = parseAllDocuments(catalogYaml(defaultWorld));
    expect(documents).toHaveLength(entities.length);
    expect(documents.map(document => document.toJS())).toEqual(entities);
  });
});
