import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  canaryListSample,
  canarySummarySample,
} from '../../__testUtils__/deliverySamples';
import {
  DELIVERY,
  permit,
  refusal,
  renderDelivery,
} from '../../__testUtils__/renderDelivery';
import { WaitingCanariesCard } from '../WaitingCanariesCard';
import { ComponentCanary } from './ComponentCanary';

const component = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
  spec: { system: 'wealth' },
});

const NAMES = ['payment', 'order', 'quote'];
const LIST = (
  <ul>
    {NAMES.map(name => (
      <li key={name} aria-label={name}>
        <ComponentCanary entity={component(name)} />
      </li>
    ))}
  </ul>
);

describe('canaries in lists', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  it('show state and weight, a dash where there is none, with one request', async () => {
    let requests = 0;
    server.use(
      http.get(`${DELIVERY}/canaries`, () => {
        requests += 1;
        return HttpResponse.json(canaryListSample([canarySummarySample()]));
      }),
    );
    renderDelivery(LIST);
    const link = await screen.findByRole('link', { name: /Paused 25 %/ });
    expect(link).toHaveAttribute(
      'href',
      '/delivery?canary=kepler%2Fwealth%2FCanaryPlan%2Fpayment',
    );
    expect(screen.getByRole('listitem', { name: 'order' })).toHaveTextContent(
      '–',
    );
    expect(requests).toBe(1);
  });

  it('are unknown where they cannot be read', async () => {
    server.use(
      http.get(`${DELIVERY}/canaries`, () => refusal(503, 'backend is away')),
    );
    renderDelivery(LIST);
    const cells = await screen.findAllByText('Unknown');
    expect(cells).toHaveLength(3);
    expect(cells[0].title).toContain('backend is away');
  });

  it('wait for me where I own them, or may approve them', async () => {
    server.use(
      http.get(`${DELIVERY}/canaries`, () =>
        HttpResponse.json(
          canaryListSample([
            canarySummarySample(),
            canarySummarySample({
              ref: 'kepler/loan/CanaryPlan/scoring',
              app: 'scoring',
              owners: ['group:default/lending'],
            }),
          ]),
        ),
      ),
      permit({ 'canary-approve': { allowed: false, needsApproval: false } }),
    );
    renderDelivery(<WaitingCanariesCard />);
    const items = await screen.findAllByRole('listitem');
    expect(items).toHaveLength(1);
    expect(
      within(items[0]).getByRole('link', {
        name: 'Open the canary of payment',
      }),
    ).toBeVisible();
  });
});
