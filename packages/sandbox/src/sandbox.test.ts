import { startSandbox, type Sandbox } from './sandbox';

describe('the whole sandbox', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, seed: 1, speed: 1 });
  });

  afterAll(async () => {
    await sandbox.close();
  });

  const get = async (path: string) => (await fetch(sandbox.url + path)).json();

  async function query(
    promql: string,
  ): Promise<{ metric: Record<string, string>; value: [number, string] }[]> {
    const answer = await get(
      `/prometheus/api/v1/query?query=${encodeURIComponent(promql)}`,
    );
    expect(answer.status).toBe('success');
    return answer.data.result;
  }

  it('shows the standing fault in rates from the first second', async () => {
    const edge =
      '{reporter="source",source_workload="order",destination_workload="payment-v2"';
    const [share] = await query(
      `sum(rate(istio_requests_total${edge},response_code=~"5.."}[60s])) / sum(rate(istio_requests_total${edge}}[60s]))`,
    );
    expect(Number(share.value[1])).toBeGreaterThan(0.08);
    expect(Number(share.value[1])).toBeLessThan(0.17);
  });

  it('has a mesh that is worth a picture', async () => {
    const pairs = await query(
      'count by (source_workload, destination_workload, destination_service_name) ({__name__=~"istio_requests_total|istio_tcp_sent_bytes_total"})',
    );
    expect(pairs.length).toBeGreaterThanOrEqual(25);
    const ends = new Set(
      pairs.flatMap(({ metric }) => [
        metric.source_workload,
        metric.destination_workload,
      ]),
    );
    // Hosts outside are all "unknown" here; a graph tells them apart.
    expect(ends.size).toBeGreaterThanOrEqual(19);
  });

  it('runs the pods of its world, with sidecars where they belong', async () => {
    const { items } = await get('/kubernetes/api/v1/namespaces/loan/pods');
    const containers = (app: string) =>
      items
        .filter(
          (pod: { metadata: { labels: { app: string } } }) =>
            pod.metadata.labels.app === app,
        )
        .map((pod: { spec: { containers: { name: string }[] } }) =>
          pod.spec.containers.map(({ name }) => name),
        );
    expect(containers('contract')).toEqual([
      ['contract', 'istio-proxy'],
      ['contract', 'istio-proxy'],
    ]);
    expect(containers('archive')).toEqual([['archive']]);
  });

  it('lets a viewer read but not write', async () => {
    const headers = { Authorization: 'Bearer viewer-token' };
    const url = `${sandbox.url}/kubernetes/api/v1/namespaces/wealth`;
    expect((await fetch(`${url}/pods`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/secrets`, { headers })).status).toBe(403);
    const deletion = await fetch(`${url}/pods/mysql-0`, {
      headers,
      method: 'DELETE',
    });
    expect(deletion.status).toBe(403);
  });

  it('has logs of its pods', async () => {
    const response = await fetch(
      `${sandbox.url}/kubernetes/api/v1/namespaces/istio-system/pods?labelSelector=app%3Distio-ingressgateway`,
    );
    const [gateway] = (await response.json()).items;
    const log = await fetch(
      `${sandbox.url}/kubernetes/api/v1/namespaces/istio-system/pods/${gateway.metadata.name}/log?tailLines=3`,
    );
    const lines = (await log.text()).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('kepler.example');
  });

  it('shifts traffic when a weight is changed through the Kubernetes API', async () => {
    const url = `${sandbox.url}/kubernetes/apis/networking.istio.io/v1/namespaces/wealth/virtualservices/payment`;
    const weight = (index: number, value: number) => ({
      op: 'replace',
      path: `/spec/http/0/route/${index}/weight`,
      value,
    });
    const patch = await fetch(url, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json-patch+json' },
      body: JSON.stringify([weight(0, 30), weight(1, 70)]),
    });
    expect(patch.status).toBe(200);
    const requests = (labels: string) =>
      `sum(rate(istio_requests_total{reporter="source",source_workload_namespace="wealth",source_workload="order"${labels}}[21s]))`;
    const share = async () => {
      const [found] = await query(
        `${requests(',destination_workload="payment-v2"')} / ${requests('')}`,
      );
      return found ? Number(found.value[1]) : 0;
    };
    const deadline = Date.now() + 60_000;
    let seen = await share();
    // A window without two samples gives NaN, which is not the answer either.
    while (!(Math.abs(seen - 0.7) <= 0.03) && Date.now() < deadline) {
      await new Promise(resolve => {
        setTimeout(resolve, 500);
      });
      seen = await share();
    }
    expect(Math.abs(seen - 0.7)).toBeLessThan(0.03);
  }, 70_000);

  it('reports its size and refuses a port that is taken', async () => {
    expect(await get('/status')).toMatchObject({
      cluster: 'kepler-sh',
      services: 24,
      pods: 81,
    });
    const port = Number(new URL(sandbox.url).port);
    await expect(
      startSandbox({ port, seed: 1, speed: 1 }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
