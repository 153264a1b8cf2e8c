import type { Entity } from '@backstage/catalog-model';
import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { ServiceSummaries } from '@orrery/backstage-plugin-mesh-common';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { MeshClient, meshApiRef } from '../../api';
import { ComponentHealth, ComponentVersions } from '../ComponentHealth';
import { MyServicesCard } from './MyServicesCard';

const ME = 'user:default/kepler';

function component(name: string, owner: string, namespace?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        ...(namespace && { 'backstage.io/kubernetes-namespace': namespace }),
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const ENTITIES = [
  component('order', ME, 'wealth'),
  component('payment', 'group:default/payments', 'wealth'),
  component('report', ME, 'wealth'),
  component('scoring', 'group:default/risk', 'loan'),
];

const SUMMARIES: ServiceSummaries = {
  at: '2026-01-01T00:00:00Z',
  sources: [],
  warnings: [],
  items: [
    {
      id: 'order',
      cluster: 'kepler',
      namespace: 'wealth',
      app: 'order',
      versions: ['v1'],
      health: { state: 'healthy', reasons: [] },
      requestsPerSecond: 12,
      errorShare: 0,
      p95Milliseconds: 80,
    },
    {
      id: 'payment',
      cluster: 'kepler',
      namespace: 'wealth',
      app: 'payment',
      versions: ['v1', 'v2'],
      health: { state: 'failing', reasons: ['v2 fails half'] },
      requestsPerSecond: 11,
      errorShare: 0.25,
    },
  ],
};

describe('health of components', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  function open(
    element: JSX.Element,
    options: {
      owns?: string[];
      entities?: Entity[];
      answer?: () => Response;
    } = {},
  ) {
    server.use(
      http.get(
        'http://example.com/api/mesh/summaries',
        options.answer ?? (() => HttpResponse.json(SUMMARIES)),
      ),
    );
    const catalog = catalogApiMock({ entities: options.entities });
    const getEntities = jest.spyOn(catalog, 'getEntities');
    renderInTestApp(element, {
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [
          meshApiRef,
          new MeshClient({
            discoveryApi: mockApis.discovery(),
            fetchApi: { fetch: (...request) => fetch(...request) },
          }),
        ],
        [catalogApiRef, catalog],
        mockApis.identity({
          userEntityRef: ME,
          ownershipEntityRefs: options.owns ?? [ME, 'group:default/payments'],
        }),
      ],
    });
    return getEntities;
  }

  const cells = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map(row => [...row.children].map(cell => cell.textContent));

  describe('MyServicesCard', () => {
    it('lists what I or my groups own, the worst first', async () => {
      open(<MyServicesCard />, { entities: ENTITIES });
      expect(await screen.findByText('Failing')).toBeInTheDocument();
      expect(cells()).toEqual([
        [
          'payment',
          '✕Failing',
          '11/s',
          expect.stringMatching(/^25\s?%$/),
          '–',
          'v1, v2',
        ],
        ['report', '?Unknown', '–', '–', '–', '–'],
        [
          'order',
          '✓Healthy',
          '12/s',
          expect.stringMatching(/^0\s?%$/),
          '80 ms',
          'v1',
        ],
      ]);
      expect(screen.getByTitle('v2 fails half')).toHaveTextContent('Failing');
      expect(screen.getByRole('link', { name: 'payment' })).toHaveAttribute(
        'href',
        '/catalog/default/component/payment',
      );
    });

    it.each([
      ['nothing', [ME], [component('scoring', 'group:default/risk')]],
      ['nothing and is nobody', [], ENTITIES],
    ])('tells who owns %s what to do', async (_what, owns, entities) => {
      const getEntities = open(<MyServicesCard />, { owns, entities });
      expect(
        await screen.findByText('You own no service yet'),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('link', { name: 'Browse the catalog' }),
      ).toBeInTheDocument();
      expect(screen.queryByRole('table')).not.toBeInTheDocument();
      // Asked for components of no owner, the catalog answers with all of them.
      expect(getEntities).toHaveBeenCalledTimes(owns.length);
    });

    it('keeps the services when the mesh cannot be read, as unknown', async () => {
      open(<MyServicesCard />, {
        entities: ENTITIES,
        answer: () =>
          HttpResponse.json(
            {
              error: { name: 'Error', message: 'Out to lunch' },
              response: { statusCode: 503 },
            },
            { status: 503 },
          ),
      });
      expect(
        await screen.findByText('Could not be read: Out to lunch'),
      ).toBeInTheDocument();
      expect(cells().map(([name, health]) => `${name} ${health}`)).toEqual([
        'order ?Unknown',
        'payment ?Unknown',
        'report ?Unknown',
      ]);
    });
  });

  describe('ComponentHealth', () => {
    it('shows health and versions, unknown as unknown, and nothing for what runs nowhere', async () => {
      const entities = [
        ...ENTITIES.slice(1, 3),
        { ...component('library', ME), kind: 'API' },
      ];
      let answered = 0;
      open(
        <ul>
          {entities.map(entity => (
            <li key={entity.metadata.name}>
              <ComponentHealth entity={entity} />|
              <ComponentVersions entity={entity} />
            </li>
          ))}
        </ul>,
        {
          answer: () => {
            answered += 1;
            return HttpResponse.json(SUMMARIES);
          },
        },
      );
      expect(await screen.findByText('Failing')).toBeInTheDocument();
      expect(
        screen.getAllByRole('listitem').map(item => item.textContent),
      ).toEqual(['✕Failing|v1, v2', '?Unknown|–', '|']);
      expect(answered).toBe(1);
    });
  });
});
