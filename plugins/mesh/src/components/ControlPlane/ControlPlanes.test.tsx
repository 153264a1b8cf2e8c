import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type {
  ControlPlane,
  ControlPlanes as Answer,
} from '@orrery/backstage-plugin-mesh-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MeshClient, meshApiRef } from '../../api';
import { ControlPlanes } from '.';

const AT = '2026-11-23T10:00:00Z';

const SHANGHAI: ControlPlane = {
  cluster: 'kepler-sh',
  health: {
    state: 'degraded',
    reasons: ['1 of 3 proxies of revision default are behind'],
  },
  revisions: [
    {
      revision: 'default',
      versions: ['1.28.3'],
      pods: { total: 2, ready: 1 },
      namespaces: ['loan', 'wealth'],
      proxies: { connected: 3, synced: 2 },
    },
    {
      revision: 'stable',
      versions: [],
      pods: { total: 0, ready: 0 },
      namespaces: ['insight'],
    },
  ],
  proxyVersions: [
    { version: '1.28.3', proxies: 3 },
    { version: '1.29.1', proxies: 1 },
  ],
  behind: [
    {
      namespace: 'wealth',
      pod: 'order-1',
      version: '1.28.3',
      revision: 'default',
      kinds: ['CDS', 'RDS'],
    },
  ],
  rejects: [{ kind: 'LDS', perSecond: 0.5 }],
  invalid: [],
  errorsPerSecond: 0,
  pushesPerSecond: 1.5,
  convergenceP99Seconds: 0.42,
  certificates: {
    rootExpires: '2026-12-03T10:00:00Z',
    soonestProxySeconds: 7200,
  },
};

const NOTHING: ControlPlane = {
  cluster: 'kepler-bj',
  health: { state: 'unknown', reasons: ['No istiod was found'] },
  revisions: [],
  proxyVersions: [],
  behind: [],
  certificates: {},
};

describe('ControlPlanes', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const asked: URLSearchParams[] = [];

  function open(answer: () => Response, cluster?: string) {
    asked.length = 0;
    server.use(
      http.get('http://example.com/api/mesh/control-planes', ({ request }) => {
        asked.push(new URL(request.url).searchParams);
        return answer();
      }),
    );
    renderInTestApp(<ControlPlanes cluster={cluster} />, {
      apis: [
        [
          meshApiRef,
          new MeshClient({
            discoveryApi: mockApis.discovery(),
            fetchApi: { fetch: (...request) => fetch(...request) },
          }),
        ],
      ],
    });
  }
  const whole =
    (items: ControlPlane[], more: Partial<Answer> = {}) =>
    () =>
      HttpResponse.json({ at: AT, items, sources: [], warnings: [], ...more });
  const part = async (title: string) => {
    const heading = await screen.findByRole('heading', { name: title });
    const section = heading.closest('section');
    if (!section) {
      throw new Error(`${title} is in no section`);
    }
    return within(section);
  };
  const figure = (name: string) =>
    screen.getByText(name, { selector: 'dt' }).nextElementSibling;

  it('tells of each revision, and that one without pods may be a tag', async () => {
    open(whole([SHANGHAI]), 'kepler-sh');
    const revisions = await part('Revisions');
    expect(revisions.getByRole('row', { name: /^default/ })).toHaveTextContent(
      /^default1\.28\.31 of 232loan, wealth$/,
    );
    expect(revisions.getByRole('row', { name: /^stable/ })).toHaveTextContent(
      /it may be a tag0 of 0––insight$/,
    );
    expect(asked[0].get('cluster')).toBe('kepler-sh');
  });

  it('gives reasons, skew, who is behind, and what is rejected', async () => {
    open(whole([SHANGHAI]));
    expect(
      await screen.findByText('1 of 3 proxies of revision default are behind'),
    ).toBeInTheDocument();
    expect(screen.getByText('2 versions at the same time')).toBeInTheDocument();
    expect(
      (await part('Proxies behind')).getByRole('row', { name: /order-1/ }),
    ).toHaveTextContent('order-1wealthCDS, RDS1.28.3default');
    expect(
      (await part('Rejected by proxies')).getByRole('row', { name: /LDS/ }),
    ).toHaveTextContent('0.5/s');
    expect(screen.getByText('Validation refuses nothing.')).toBeInTheDocument();
    expect(figure('Proxies in sync')).toHaveTextContent('2 of 3');
    expect(figure('Convergence p99')).toHaveTextContent('420 ms');
    expect(figure('Internal errors')).toHaveTextContent('0/s');
  });

  it('warns of a certificate that ends soon, not of one that renews itself', async () => {
    open(whole([SHANGHAI]));
    const certificates = await part('Certificates');
    const root = certificates.getByRole('row', { name: /Root/ });
    expect(root).toHaveTextContent('in 10 days');
    expect(within(root).getByText('Degraded')).toBeInTheDocument();
    expect(within(root).getByText('in 10 days')).toHaveAttribute(
      'datetime',
      '2026-12-03T10:00:00.000Z',
    );
    const proxy = certificates.getByRole('row', { name: /Proxy/ });
    expect(proxy).toHaveTextContent('in 2 hours');
    expect(within(proxy).queryByText(/Degraded|Healthy/)).toBeNull();
    expect(
      certificates.getByRole('row', { name: /Intermediate/ }),
    ).toHaveTextContent('Unknown');
  });

  it('says that there is no istiod, and shows no figures of it', async () => {
    open(whole([NOTHING]));
    expect(await screen.findByText('No istiod')).toBeVisible();
    expect(document.querySelector('dd')).toBeNull();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('has unknown figures where nothing could be asked, and says why', async () => {
    const { proxies, ...revision } = SHANGHAI.revisions[0];
    open(
      whole([{ ...NOTHING, revisions: [revision] }], {
        sources: [
          { name: 'prometheus', state: 'failed', reason: 'out of order' },
        ],
      }),
    );
    expect(await screen.findByText(/out of order/)).toBeVisible();
    expect(proxies).toBeDefined();
    for (const name of ['Proxies in sync', 'Pushes', 'Convergence p99']) {
      expect(figure(name)).toHaveTextContent('Unknown');
    }
    expect(
      (await part('Rejected by proxies')).getByText('Unknown'),
    ).toBeVisible();
    expect(
      screen.getByText('Unknown: no istiod told of its proxies.'),
    ).toBeVisible();
  });

  it('says what failed, and tries again', async () => {
    open(() =>
      HttpResponse.json(
        { error: { name: 'Error', message: 'Out to lunch' } },
        { status: 503 },
      ),
    );
    expect(await screen.findByText(/Out to lunch/)).toBeVisible();
    server.use(
      http.get('http://example.com/api/mesh/control-planes', whole([SHANGHAI])),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { name: 'kepler-sh' }),
    ).toBeVisible();
  });
});
