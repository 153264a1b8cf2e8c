import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { Canary } from '@orrery/backstage-plugin-delivery-common';
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  canarySample,
  releaseSample,
} from '../../__testUtils__/deliverySamples';
import {
  DELIVERY,
  permit,
  refusal,
  renderDelivery,
} from '../../__testUtils__/renderDelivery';
import { CanaryScreen } from './CanaryScreen';

const CANARY = `${DELIVERY}/canaries/:ref`;
const EMPTY = { sources: [], warnings: [] };

// Charts draw on a canvas, which the test's browser does not have.
jest.mock('./CompareChart', () => ({
  CompareChart: ({ title }: { title: string }) => <figure>{title}</figure>,
}));

describe('CanaryScreen', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  beforeEach(() => {
    server.use(
      http.get(`${CANARY}/comparison`, () =>
        HttpResponse.json({
          at: '2026-01-01T10:00:00Z',
          windowSeconds: 300,
          stable: { errorShare: 0.0012, p95Milliseconds: 210 },
          canary: { p95Milliseconds: 231 },
          figures: [
            {
              figure: 'errorShare',
              state: 'unknown',
              limit: 'at most +0.5 pt',
            },
            {
              figure: 'p95Milliseconds',
              difference: 10,
              pValue: 0.03,
              state: 'passing',
              limit: 'at most +20 %',
            },
          ],
          ...EMPTY,
        }),
      ),
      http.get(`${CANARY}/history`, () =>
        HttpResponse.json({
          from: '2026-01-01T09:30:00Z',
          to: '2026-01-01T10:00:00Z',
          stepSeconds: 30,
          series: [],
          ...EMPTY,
        }),
      ),
      http.get(`${CANARY}/logs`, () =>
        HttpResponse.json({ side: 'canary', lines: [], ...EMPTY }),
      ),
      http.get(`${DELIVERY}/releases`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        const isAsked =
          searchParams.get('canary') === 'kepler/wealth/CanaryPlan/payment';
        return HttpResponse.json({
          items: isAsked ? [releaseSample({ version: '1.9.0' })] : [],
          provenance: EMPTY,
        });
      }),
    );
  });

  function open(overrides: Partial<Canary> = {}) {
    const data = JSON.stringify({
      canary: canarySample(overrides),
      ...EMPTY,
    });
    server.use(
      http.get(
        `${CANARY}/stream`,
        () =>
          new HttpResponse(`event: snapshot\ndata: ${data}\n\n`, {
            headers: { 'Content-Type': 'text/event-stream' },
          }),
      ),
    );
    renderDelivery(
      <CanaryScreen canaryRef="kepler/wealth/CanaryPlan/payment" />,
    );
  }

  it.each<[NonNullable<Canary['routing']>, string]>([
    [
      {
        kind: 'HTTPRoute',
        service: 'payment',
        httpRoute: { name: 'pay' },
        services: { stable: 'payment-stable', canary: 'payment-canary' },
      },
      'HTTPRoute pay, between Services payment-stable and payment-canary',
    ],
    [
      {
        kind: 'VirtualService',
        service: 'payment',
        virtualService: { name: 'pay', isMade: true },
        destinationRule: { name: 'payment', isMade: false },
        subsets: { stable: 'v1', canary: 'canary' },
      },
      'VirtualService pay, between subsets v1 and canary of DestinationRule payment',
    ],
  ])('says what shares out the requests: %p', async (routing, words) => {
    server.use(permit());
    open({ routing });
    expect(await screen.findByText('routed by')).toBeVisible();
    expect(screen.getByText(words)).toBeVisible();
  });

  it('shows the steps with the current one marked, and weights that are not known as such', async () => {
    server.use(permit());
    open();
    const steps = await screen.findByRole('list', { name: 'Steps' });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .map(step => [
          step.getAttribute('data-state'),
          step.getAttribute('aria-current'),
        ]),
    ).toEqual([
      ['done', null],
      ['current', 'step'],
      ['next', null],
    ]);
    expect(
      screen.getByText(
        /observed: unknown \(the mesh has reported no requests\)/,
      ),
    ).toBeVisible();
  });

  it('links to the releases that it walked', async () => {
    server.use(permit());
    open();
    const link = await screen.findByRole('link', { name: '1.9.0' });
    expect(link).toHaveAttribute(
      'href',
      '/delivery?tab=releases&q=payment+1.9.0',
    );
  });

  it('compares figures, and writes a dash for what is not known', async () => {
    server.use(permit());
    open();
    const row = async (name: string) =>
      within(await screen.findByRole('row', { name }))
        .getAllByRole('cell')
        .map(cell => cell.textContent?.trim());
    expect(await row('1.9.0 – 231 ms')).toEqual(['–', '231 ms']);
    expect(screen.getByText('p = 0.030')).toBeVisible();
    expect(screen.getByText(/\+10 %/)).toBeVisible();
  });

  it('offers what I may do, and says who may do the rest', async () => {
    server.use(
      permit({
        'canary-approve': {
          allowed: false,
          needsApproval: false,
          reason: 'only group:default/payments may',
        },
        'canary-abort': {
          allowed: true,
          needsApproval: true,
          reason: 'it is production',
        },
      }),
    );
    open();
    const approve = await screen.findByRole('button', { name: /^Approve/ });
    await waitFor(() =>
      expect(approve).toHaveAccessibleDescription(
        'only group:default/payments may',
      ),
    );
    expect(approve).toBeDisabled();
    const abort = screen.getByRole('button', { name: /^Abort/ });
    expect(abort).toBeEnabled();
    expect(abort).toHaveAccessibleDescription('it is production');
  });

  it('keeps the offers where it cannot be told who may, and says so', async () => {
    server.use(
      http.post(`${DELIVERY}/actions/permitted`, () =>
        refusal(503, 'policy is away'),
      ),
    );
    open();
    expect(await screen.findByText(/policy is away/)).toBeVisible();
    expect(screen.getByRole('button', { name: /^Abort/ })).toBeEnabled();
  });

  it('says why a canary cannot be read', async () => {
    server.use(
      permit(),
      http.get(`${CANARY}/stream`, () => refusal(404, 'There is no canary')),
    );
    renderDelivery(
      <CanaryScreen canaryRef="kepler/wealth/CanaryPlan/nobody" />,
    );
    expect(await screen.findByText(/There is no canary/)).toBeVisible();
  });
});
