import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { LogCollectionsResponse } from '@orrery/backstage-plugin-logs-common';
import { orreryApiRef } from '@orrery/backstage-plugin-orrery-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { logsApiRef } from '../../api';
import { Collection } from './Collection';

const WORKLOADS: LogCollectionsResponse['workloads'] = [
  {
    ref: 'kepler/wealth/Deployment/payment',
    collect: 'default',
    containers: ['payment'],
  },
  {
    ref: 'kepler/wealth/Deployment/payment-v2',
    collect: 'off',
    containers: ['payment'],
  },
];

function setUp(options: { allowed?: boolean; fails?: boolean } = {}) {
  const previewAction = jest.fn(
    async (..._asked: unknown[]) => new Promise(() => undefined),
  );
  const logsApi = {
    collection: async () => {
      if (options.fails) {
        throw new Error('the cluster is away');
      }
      return {
        workloads: WORKLOADS,
        canCollectFiles: false,
        provenance: { sources: [], warnings: [] },
      };
    },
  };
  const orreryApi = {
    permitted: async (_plugin: string, questions: unknown[]) =>
      questions.map(() => ({
        allowed: options.allowed ?? true,
        needsApproval: false,
      })),
    previewAction,
  };
  return {
    previewAction,
    render: () =>
      renderInTestApp(
        <TestApiProvider
          apis={[
            [logsApiRef, logsApi],
            [orreryApiRef, orreryApi as never],
          ]}
        >
          <Collection cluster="kepler" namespace="wealth" app="payment" />
        </TestApiProvider>,
      ),
  };
}

describe('Collection', () => {
  it('tells what is collected of each workload', async () => {
    await setUp().render();
    expect(await screen.findByText('as the cluster has it')).toBeVisible();
    expect(screen.getByText('off')).toBeVisible();
  });

  it('offers to switch it, and shows first what that would do', async () => {
    const { render, previewAction } = setUp();
    await render();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Change the collection of payment-v2',
      }),
    );
    expect(
      await screen.findByText('Collection of the logs of payment-v2'),
    ).toBeVisible();
    await waitFor(() => expect(previewAction).toHaveBeenCalled());
    expect(JSON.stringify(previewAction.mock.calls[0])).toContain(
      '"collect":"output"',
    );
  });

  it('offers nothing to those who may not', async () => {
    await setUp({ allowed: false }).render();
    await screen.findByText('off');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says when it is not known', async () => {
    await setUp({ fails: true }).render();
    expect(
      await screen.findByText(/not known: the cluster is away/),
    ).toBeVisible();
  });
});
