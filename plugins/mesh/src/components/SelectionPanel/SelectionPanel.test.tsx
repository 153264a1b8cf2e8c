import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { TrafficHistory } from '@orrery/backstage-plugin-mesh-common';
import type { PermittedAnswer } from '@orrery/backstage-plugin-orrery-common';
import {
  OrreryClient,
  orreryApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MeshClient, meshApiRef } from '../../api';
import { selectionOf } from '../../model/selection';
import {
  failing,
  fromHidden,
  graph,
  hidden,
  mysql,
  order,
  payment,
} from './__testUtils__/shop';
import { SelectionPanel } from './SelectionPanel';

// Drawn on a canvas, which jsdom has not.
jest.mock('../TrafficChart', () => ({ TrafficChart: () => null }));

const HISTORY: TrafficHistory = {
  stepSeconds: 15,
  queries: { requests: 'sum(rate(istio_requests_total[60s]))' },
  timeMilliseconds: [0, 15_000],
  requestsPerSecond: [null, 2],
  errorsPerSecond: [null, 1],
  p95Milliseconds: [null, 250],
  sources: [],
  warnings: [],
};

const COMPONENT: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payment',
    annotations: { 'backstage.io/kubernetes-namespace': 'wealth' },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
};

describe('SelectionPanel', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const asked: URLSearchParams[] = [];
  const select = jest.fn();
  let permitted: PermittedAnswer;

  beforeEach(() => {
    permitted = { allowed: true, needsApproval: false };
  });

  function open(id: string, history: Partial<TrafficHistory> = {}) {
    asked.length = 0;
    select.mockClear();
    server.use(
      http.get('http://example.com/api/mesh/history', ({ request }) => {
        asked.push(new URL(request.url).searchParams);
        return HttpResponse.json({ ...HISTORY, ...history });
      }),
      http.post('http://example.com/api/delivery/actions/permitted', () =>
        HttpResponse.json({ answers: [permitted] }),
      ),
    );
    const options = {
      discoveryApi: mockApis.discovery(),
      fetchApi: {
        fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
      },
    };
    const selection = selectionOf(graph, id);
    if (selection.type === 'none') {
      throw new Error('A panel needs a selection');
    }
    renderInTestApp(
      <SelectionPanel
        graph={graph}
        request={{ namespaces: [], graphType: 'workload', duration: '1m' }}
        selection={selection}
        onSelect={select}
      />,
      {
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
        apis: [
          [meshApiRef, new MeshClient(options)],
          [orreryApiRef, new OrreryClient(options)],
          [catalogApiRef, catalogApiMock({ entities: [COMPONENT] })],
        ],
      },
    );
  }

  const panel = () => screen.findByRole('complementary', { name: 'Selection' });
  const tile = (name: string) =>
    screen.getByText(name, { selector: 'dt' }).nextElementSibling;

  it('says how an edge fails, who says so, and where to go from there', async () => {
    open(failing.id);
    expect(
      within(await panel()).getByRole('heading', { level: 2 }),
    ).toHaveTextContent('order → payment v2');
    expect(screen.getByText('50 % of requests fail')).toBeInTheDocument();
    expect(
      screen.getByText(/HTTP · mTLS on 100\s?% .* Reported by caller$/),
    ).toBeInTheDocument();
    expect(tile('errors')).toHaveTextContent(/^50\s?%$/);
    expect(tile('p95')).toHaveTextContent('250');
    expect(
      screen.getByText(/callee counted 50\s?% fewer requests.*never arrived/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('row', { name: /^503\s*UH, no healthy upstream/ }),
    ).toHaveTextContent(/50\s?%$/);
    expect(
      screen.getByText('payment.wealth.svc.cluster.local'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Open service page' }),
    ).toHaveAttribute('href', '/catalog/default/component/payment');
    expect(
      await screen.findByRole('button', { name: 'Restart payment-v2' }),
    ).toBeInTheDocument();
    expect(asked[0].get('target')).toBe(payment.id);
    expect(asked[0].get('source')).toBe(order.id);
    expect(await screen.findByText(/istio_requests_total/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'payment v2' }));
    expect(select).toHaveBeenLastCalledWith(payment.id);
  });

  it('offers nothing that would be refused, and says why', async () => {
    permitted = { allowed: false, needsApproval: false, reason: 'Not yours' };
    open(failing.id);
    expect(await screen.findByText('Not yours')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Restart payment-v2' }),
    ).not.toBeInTheDocument();
  });

  it('describes a node by its pods, its neighbours and its config', async () => {
    open(order.id);
    expect(await panel()).toHaveTextContent(
      'Deployment · wealth · sidecar · 2 of 3 pods',
    );
    expect(tile('rate')).toHaveTextContent(/^12/);
    expect(tile('p50')).toHaveTextContent('–');
    expect(
      screen.getByRole('heading', { name: 'Calls (2)' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'Called by (1)' }),
    ).toBeInTheDocument();
    expect(screen.getByText('No Istio object names it')).toBeInTheDocument();
    await userEvent.click(
      within(screen.getByRole('row', { name: /payment v2/ })).getByRole(
        'button',
      ),
    );
    expect(select).toHaveBeenLastCalledWith(failing.id);
    await userEvent.click(
      screen.getByRole('button', { name: 'Close selection' }),
    );
    expect(select).toHaveBeenLastCalledWith(undefined);
  });

  it('tells how a node takes part in the mesh', async () => {
    open(order.id);
    const fact = async (name: string) =>
      (await within(await panel()).findByText(name, { selector: 'dt' }))
        .nextElementSibling;
    expect(await fact('Proxy version')).toHaveTextContent(
      '1.28.3, 1.29.1 (skew)',
    );
    expect(await fact('Injected by')).toHaveTextContent(/^default$/);
    expect(await fact('In sync')).toHaveTextContent(
      '2 of 3 connected (3 in all)',
    );
    expect(await fact('Accepts')).toHaveTextContent(
      'mTLS and plain text (default of the mesh)',
    );
    expect(await fact('Measured')).toHaveTextContent(/^L7/);
    expect(screen.getByText('app=order')).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /GET \/orders/ })).toHaveTextContent(
      /9.*0/,
    );
  });

  it('leads to the likely cause, and names the fault that is in force', async () => {
    open(order.id);
    await panel();
    expect(
      screen.getByText(/1\/s fail: 503 UH/, { selector: 'span' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Fault in force aborts 50 % with 503/),
    ).toBeInTheDocument();
    const causes = screen.getByRole('heading', { name: 'Likely causes' });
    const section = causes.closest('details');
    expect(section).toHaveTextContent('order → payment v2 (1/s fail: 503 UH)');
    await userEvent.click(
      within(section ?? document.body).getByRole('button', {
        name: 'payment v2',
      }),
    );
    expect(select).toHaveBeenLastCalledWith(payment.id);
  });

  it('says in words what configuration does to traffic', async () => {
    open(payment.id);
    await panel();
    expect(screen.getByText('Shifts').closest('li')).toHaveTextContent(
      'Shifts 90 % to v1, 10 % to v2',
    );
    expect(screen.getByText(/It fails by itself/)).toBeInTheDocument();
  });

  it('tells no figure of what may not be seen', async () => {
    open(hidden.id);
    expect(await panel()).toHaveTextContent(/that you may not see/);
    expect(document.querySelector('dd')).toBeNull();
    expect(asked).toEqual([]);
  });

  it('asks for no history of a call whose other end may not be seen', async () => {
    open(fromHidden.id);
    await panel();
    expect(tile('rate')).toHaveTextContent('7/s');
    expect(asked).toEqual([]);
    expect(screen.queryByText('Last 30m')).toBeNull();
  });

  it('shows no figure that was not measured', async () => {
    open(mysql.id);
    expect(await panel()).toHaveTextContent(
      'StatefulSet · wealth · outside the mesh',
    );
    expect(tile('sent')).toHaveTextContent(/2/);
    expect(tile('received')).toHaveTextContent('–');
    expect(
      screen.queryByText('rate', { selector: 'dt' }),
    ).not.toBeInTheDocument();
    expect(asked).toEqual([]);
  });

  it.each(['failed', 'absent'] as const)(
    'says why a history is missing when Prometheus is %s',
    async state => {
      open(order.id, {
        sources: [{ name: 'prometheus', state, reason: 'out of order' }],
      });
      expect(
        await screen.findByText('The history could not be read: out of order'),
      ).toBeInTheDocument();
      expect(screen.queryByText('PromQL')).not.toBeInTheDocument();
    },
  );

  it('says when what was selected is gone', async () => {
    open('kepler/wealth/Deployment/old');
    expect(await panel()).toHaveTextContent(
      /is not in this graph.*kepler\/wealth\/Deployment\/old/,
    );
  });
});
