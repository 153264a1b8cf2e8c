import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import { ServiceFacts } from './ServiceFacts';

const SHIFT = {
  name: 'traffic-shifting' as const,
  object: 'VirtualService wealth/payment',
  summary: '90 % to v1, 10 % to v2',
};
const order = node('wealth/order', 'healthy');
const v1 = node('wealth/payment-v1', 'healthy', {
  app: 'payment',
  version: 'v1',
  features: [SHIFT],
  mutualTls: { mode: 'strict', from: 'PeerAuthentication wealth/default' },
});
const v2 = node('wealth/payment-v2', 'healthy', {
  app: 'payment',
  version: 'v2',
  features: [SHIFT],
  dataPlane: 'none',
});
const bank = node('outside/bank', 'healthy', { kind: 'external' });
const graph = graphOf(
  [order, v1, v2, bank],
  [edge(order, v1), edge(order, v2), edge(v2, bank), edge(v1, v2)],
);

describe('ServiceFacts', () => {
  const select = jest.fn();
  const open = (own = [v1, v2]) =>
    renderInTestApp(<ServiceFacts graph={graph} own={own} onSelect={select} />);

  it('tells rules once, and how each version takes part', async () => {
    open();
    expect(
      await screen.findByRole('heading', { name: 'Partly in the mesh' }),
    ).toBeVisible();
    expect(screen.getAllByText(/90 % to v1, 10 % to v2/)).toHaveLength(1);
    expect(
      screen.getByText('mTLS only (PeerAuthentication wealth/default)'),
    ).toBeVisible();
    expect(screen.getByRole('heading', { name: 'payment v2' })).toBeVisible();
  });

  it('lists calls from and to others, with the version that they are of', async () => {
    open();
    await screen.findByRole('heading', { name: 'Called by (2)' });
    expect(screen.getByRole('heading', { name: 'Calls (1)' })).toBeVisible();
    const row = screen.getByRole('row', { name: /→ payment v2/ });
    await userEvent.click(within(row).getByRole('button', { name: 'order' }));
    expect(select).toHaveBeenLastCalledWith(`${order.id}>${v2.id}`);
  });

  it('says what it means to be outside, and that there are no rules', async () => {
    open([{ ...v2, features: undefined }]);
    expect(
      await screen.findByRole('heading', { name: 'Outside the mesh' }),
    ).toBeVisible();
    expect(screen.getByText(/istio-injection=enabled/)).toBeVisible();
    expect(screen.getByText('No rule changes traffic to it')).toBeVisible();
  });
});
