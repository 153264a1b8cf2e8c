import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import {
  orreryApiRef,
  type OrreryApi,
} from '@orrery/backstage-plugin-orrery-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { WaitingCard } from './WaitingCard';

function row(id: string, actor: string): Activity {
  return {
    id,
    startedAt: '2026-01-01T00:00:00Z',
    actor,
    action: 'restart-workload',
    target: 'kepler/wealth/Deployment/payment',
    reason: 'It leaks',
    summary: `Restart ${id}`,
    before: 'replicas: 1',
    after: 'replicas: 2',
    state: 'waiting',
    message: '',
    undo: '',
    approval: {
      plugin: 'delivery',
      requestedBy: actor,
      neededUntil: '2026-01-02T00:00:00Z',
    },
  };
}

describe('WaitingCard', () => {
  const decided: unknown[] = [];
  let rows: Activity[];

  function open(refusal?: Error) {
    decided.length = 0;
    const api: Partial<OrreryApi> = {
      activities: async () => ({ items: rows }),
      decidable: async (_plugin, ids) => ids.filter(id => id !== 'foreign'),
      decideApproval: async (...request) => {
        if (refusal) {
          throw refusal;
        }
        decided.push(request);
        rows = [];
        return {};
      },
    };
    renderInTestApp(<WaitingCard />, {
      apis: [
        [orreryApiRef, api as OrreryApi],
        [
          identityApiRef,
          mockApis.identity({ userEntityRef: 'user:default/priya' }),
        ],
      ],
    });
  }

  beforeEach(() => {
    rows = [
      row('payment', 'user:default/lin'),
      row('foreign', 'user:default/sofia'),
      row('ledger', 'user:default/priya'),
    ];
  });

  it('shows what I may decide and what I asked for, and nothing else', async () => {
    open();
    const items = await screen.findAllByRole('listitem');
    expect(items).toHaveLength(2);
    expect(items[0]).toHaveTextContent(
      /Restart payment.*user:default\/lin asks: “It leaks”/,
    );
    expect(
      within(items[0])
        .getAllByRole('button')
        .map(button => button.textContent),
    ).toEqual(['Approve', 'Reject']);
    expect(
      within(items[1]).getByRole('button', {
        name: 'Withdraw: Restart ledger',
      }),
    ).toBeVisible();
  });

  it('approves with a reason, after showing the difference', async () => {
    open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve: Restart payment' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/replicas: 2/)).toBeVisible();
    const approve = within(dialog).getByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox'), 'Seen');
    await userEvent.click(approve);
    await waitFor(() =>
      expect(decided).toEqual([['delivery', 'payment', 'approve', 'Seen']]),
    );
    expect(
      await screen.findByText(/Nothing waits for your approval/),
    ).toBeVisible();
  });

  it('says why it could not be decided', async () => {
    open(new Error('This request was approved by user:default/mateo already'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject: Restart payment' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'No');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Reject' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'approved by user:default/mateo already',
    );
  });
});
