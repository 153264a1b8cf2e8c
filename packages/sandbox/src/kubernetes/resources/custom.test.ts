import { serveTestCluster } from '../testing/cluster';

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'robots.example.org' },
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { kind: 'Robot', plural: 'robots', shortNames: ['rb'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                required: ['arms'],
                properties: {
                  arms: { type: 'integer', minimum: 1 },
                  color: { type: 'string', default: 'grey' },
                },
              },
            },
          },
        },
        subresources: {
          scale: {
            specReplicasPath: '.spec.arms',
            statusReplicasPath: '.status.arms',
          },
        },
        additionalPrinterColumns: [
          { name: 'Arms', type: 'integer', jsonPath: '.spec.arms' },
        ],
      },
    ],
  },
};

const robots = '/apis/example.org/v1/namespaces/default/robots';
const robot = (spec: unknown) => ({
  apiVersion: 'example.org/v1',
  kind: 'Robot',
  metadata: { name: 'r' },
  spec,
});

describe('custom resource definitions', () => {
  let cluster: Awaited<ReturnType<typeof serveTestCluster>>;

  beforeAll(async () => {
    cluster = await serveTestCluster();
  });

  afterAll(() => cluster.close());

  it('are accepted with their names and versions', async () => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const { code, body } = await cluster.send('POST', path, definition);
    expect(code).toBe(201);
    expect(body.status).toMatchObject({
      acceptedNames: { kind: 'Robot', listKind: 'RobotList' },
      storedVersions: ['v1'],
    });
  });

  it('serve their kind at once, with checks and defaults', async () => {
    const refused = await cluster.send('POST', robots, robot({ arms: 0 }));
    expect(refused.code).toBe(422);
    const missing = await cluster.send('POST', robots, robot({}));
    expect(missing.code).toBe(422);
    const made = await cluster.send('POST', robots, robot({ arms: 2, x: 1 }));
    expect(made.code).toBe(201);
    expect(made.headers.get('warning')).toContain('unknown field');
    expect(made.body.spec).toEqual({ arms: 2, color: 'grey' });
  });

  it('bring a scale subresource and columns', async () => {
    const scaled = await cluster.send(
      'PATCH',
      `${robots}/r/scale`,
      { spec: { replicas: 4 } },
      { 'content-type': 'application/merge-patch+json' },
    );
    expect(scaled.body.spec).toEqual({ replicas: 4 });
    const table = await cluster.send('GET', robots, undefined, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(table.body).toMatchObject({ rows: [{ cells: ['r', 4] }] });
  });

  it('take their kind and its objects along when they go', async () => {
    const name = definition.metadata.name;
    cluster.store.delete(
      'customresourcedefinitions.apiextensions.k8s.io',
      undefined,
      name,
    );
    expect((await cluster.send('GET', robots)).code).toBe(404);
    expect(cluster.store.list('robots.example.org')).toEqual([]);
  });

  it('describe the kinds of Istio and the Gateway API from the start', () => {
    const names = cluster.store
      .list('customresourcedefinitions.apiextensions.k8s.io')
      .map(entry => entry.metadata.name);
    expect(names).toContain('virtualservices.networking.istio.io');
    expect(names).toContain('httproutes.gateway.networking.k8s.io');
  });
});
