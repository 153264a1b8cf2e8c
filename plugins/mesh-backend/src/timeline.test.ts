import request from 'supertest';
import { startMesh } from './__testUtils__/startMesh';

describe('GET /timeline', () => {
  let mesh: Awaited<ReturnType<typeof startMesh>>;

  beforeAll(async () => {
    mesh = await startMesh();
  });
  afterAll(() => mesh.stop());

  const get = (query: string) =>
    request(mesh.server).get(`/api/mesh/timeline?${query}`);

  it('asks two questions for all of the mesh, and keeps gaps gaps', async () => {
    const before = mesh.prometheus.asked.length;
    const { status, body } = await get('range=2h');
    expect(status).toBe(200);
    const asked = mesh.prometheus.asked.slice(before);
    expect(asked).toHaveLength(2);
    expect(asked[0].body.get('query')).toBe(
      'sum (rate(istio_requests_total{reporter=~"source|waypoint"}[120s]))',
    );
    expect(body.stepSeconds).toBe(60);
    expect(body.timeMilliseconds).toHaveLength(121);
    // The fake knows the last instant alone.
    expect(body.requestsPerSecond.at(-1)).toBe(2.5);
    expect(body.requestsPerSecond[0]).toBeNull();
    expect(body.errorsPerSecond[0]).toBeNull();
    expect(Date.now() - body.earliestMilliseconds).toBeCloseTo(
      2 * 86_400_000,
      -4,
    );
  });

  it('keeps to the namespaces asked for', async () => {
    const before = mesh.prometheus.asked.length;
    await get('namespaces=wealth,default');
    expect(mesh.prometheus.asked[before].body.get('query')).toContain(
      'destination_service_namespace=~"default|wealth"',
    );
  });

  it.each([
    ['range=3d', 'range'],
    ['range=ten', 'range'],
    ['at=yesterday', 'at'],
    ['at=2020-01-01T00:00:00Z', 'at'],
    ['namespaces=a"b', 'namespaces'],
  ])('refuses %s', async (query, field) => {
    const { status, body } = await get(query);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(new RegExp(`^${field}: expected`));
  });
});
