import { createServer, type Server } from 'node:http';
import { parseWith } from '@orrery/backstage-plugin-orrery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { createDashboardActions } from './createDashboardActions';
import { ServiceDashboards, uidOf } from './ServiceDashboards';

const place = { cluster: 'kepler', namespace: 'wealth', app: 'coupon' };
const context = {
  resourceVersion: '',
  actor: 'user:default/chen',
  reason: 'New',
};

describe('the dashboard of a service', () => {
  const uid = uidOf(place);
  const kept = new Map<string, Record<string, unknown>>();
  let server: Server;
  let dashboards: ServiceDashboards;
  let actions: Map<string, ActionDefinition>;
  let message: unknown;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let text = '';
      for await (const part of request) {
        text += part;
      }
      const answer = (status: number, body: object) => {
        response.writeHead(status, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      const id = request.url?.split('/').at(-1) ?? '';
      if (request.headers.authorization !== 'Bearer editor') {
        answer(403, { message: 'Access denied' });
      } else if (request.method === 'POST') {
        const { dashboard, ...rest } = JSON.parse(text);
        message = rest.message;
        kept.set(dashboard.uid, { ...dashboard, id: 7, version: 1 });
        answer(200, { uid: dashboard.uid });
      } else if (!kept.has(id)) {
        answer(404, { message: 'Dashboard not found' });
      } else if (request.method === 'DELETE') {
        kept.delete(id);
        answer(200, {});
      } else {
        answer(200, { dashboard: kept.get(id), meta: {} });
      }
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  beforeEach(() => {
    kept.clear();
    open('editor');
  });

  function open(token: string) {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    dashboards = new ServiceDashboards(
      new Map([
        [
          'kepler',
          {
            grafana: [
              {
                name: 'kepler',
                url: `http://127.0.0.1:${port}`,
                publicUrl: 'https://grafana.example',
                headers: { Authorization: `Bearer ${token}` },
                timeoutSeconds: 2,
                tags: [],
                embed: 'auto' as const,
              },
            ],
          },
        ],
      ]),
    );
    const config = {
      readOnly: false,
      clusters: [],
      environments: [],
    } as never;
    actions = new Map(
      createDashboardActions(dashboards, config).map(action => [
        action.name,
        action,
      ]),
    );
  }

  async function drive(name: string, asked: object) {
    const action = actions.get(name);
    if (!action) {
      throw new Error(`There is no ${name}`);
    }
    const input = parseWith(action.input, { ...place, ...asked }, 'input');
    const preview = await action.preview(input);
    await action.run(input, context);
    const outcome = await action.verify(input, {
      signal: AbortSignal.timeout(1000),
      report: () => undefined,
    });
    return { preview, outcome };
  }

  const dashboard = { panels: [{ id: 1 }], tags: ['red'], id: 3, uid: 'other' };

  it('is one, whatever the file calls it, and changed where it is there', async () => {
    const made = await drive('put-dashboard', { title: 'Coupons', dashboard });
    expect(made.preview).toMatchObject({
      target: 'kepler/wealth/service/coupon',
      summary: 'Make the dashboard Coupons',
      before: '',
      resourceVersion: 'absent',
    });
    expect(made.outcome.state).toBe('succeeded');
    expect(kept.get(uid)).toMatchObject({
      title: 'Coupons',
      panels: [{ id: 1 }],
      tags: ['red', 'orrery', 'coupon'],
    });
    expect(message).toBe('user:default/chen: New');
    const again = await drive('put-dashboard', { title: 'Coupons', dashboard });
    expect(again.preview.summary).toBe('Change the dashboard Coupons');
    expect(again.preview.before).toBe(again.preview.after);
    expect([...kept.keys()]).toEqual([uid]);
    expect(await dashboards.where(place)).toEqual({
      uid,
      url: `https://grafana.example/d/${uid}`,
      exists: true,
    });
  });

  it('is deleted, and gone already the second time', async () => {
    await drive('put-dashboard', { title: 'Coupons', dashboard });
    const { preview, outcome } = await drive('delete-dashboard', {});
    expect(preview.summary).toBe('Delete the dashboard of coupon');
    expect(outcome.state).toBe('succeeded');
    const again = await drive('delete-dashboard', {});
    expect(again.preview.summary).toBe(
      'The dashboard of coupon is gone already',
    );
  });

  it('is refused with the reason where Grafana forbids it, or there is none', async () => {
    open('viewer');
    await expect(
      drive('put-dashboard', { title: 'Coupons', dashboard }),
    ).rejects.toThrow(/^Grafana kepler forbids it: .*Access denied/);
    await expect(dashboards.where({ ...place, cluster: 'x' })).rejects.toThrow(
      /^cluster: expected a cluster with a Grafana/,
    );
  });
});
