import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import type { CanaryList } from '@orrery/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  canaryListSample,
  canarySummarySample,
} from '../../__testUtils__/deliverySamples';
import {
  DELIVERY,
  refusal,
  renderDelivery,
} from '../../__testUtils__/renderDelivery';
import { RolloutsInbox } from './RolloutsInbox';

describe('the inbox of canaries', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  beforeEach(() => {
    // Nothing has a size in the test's browser, and rows out of sight are not made.
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockReturnValue(600);
    jest
      .spyOn(HTMLElement.prototype, 'offsetWidth', 'get')
      .mockReturnValue(900);
  });
  afterEach(() => jest.restoreAllMocks());

  function open(answer: CanaryList) {
    server.use(
      http.get(`${DELIVERY}/canaries`, () => HttpResponse.json(answer)),
    );
    const onOpen = jest.fn();
    renderDelivery(<RolloutsInbox onOpen={onOpen} />);
    return onOpen;
  }

  const CANARIES = [
    canarySummarySample({
      ref: 'kepler/wealth/CanaryPlan/order',
      app: 'order',
      phase: 'Done',
      waitsFor: undefined,
      canaryVersion: undefined,
    }),
    canarySummarySample(),
    canarySummarySample({
      ref: 'kepler/loan/Rollout/scoring',
      app: 'scoring',
      phase: 'Aborted',
      waitsFor: undefined,
    }),
  ];

  it('groups by what is needed of people, what waits first', async () => {
    const onOpen = open(canaryListSample(CANARIES));
    expect(
      (await screen.findAllByRole('heading', { level: 2 })).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual([
      'Waiting for someone 1',
      'Failed or aborted 1',
      'Finished, one version runs 1',
    ]);
    const waiting = screen.getByRole('region', { name: /Waiting/ });
    expect(within(waiting).getByText('observed: unknown')).toHaveAttribute(
      'title',
      'the mesh has reported no requests',
    );
    await userEvent.click(
      within(waiting).getByRole('button', { name: 'payment' }),
    );
    expect(onOpen).toHaveBeenCalledWith('kepler/wealth/CanaryPlan/payment');
  });

  it('filters by any word', async () => {
    open(canaryListSample(CANARIES));
    await screen.findByRole('button', { name: 'payment' });
    const field = screen.getByRole('searchbox');
    await userEvent.click(field);
    await userEvent.paste('scoring abort');
    expect(
      screen.queryByRole('button', { name: 'payment' }),
    ).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'scoring' })).toBeVisible();
    await userEvent.paste(' nothing');
    expect(screen.getByText(/No canary matches/)).toBeVisible();
  });

  it('names an engine that is not installed', async () => {
    open(
      canaryListSample([], {
        engines: [
          {
            id: 'flagger',
            title: 'Flagger',
            cluster: 'kepler',
            source: { name: 'kepler/canaries', state: 'absent' },
          },
        ],
      }),
    );
    expect(
      await screen.findByText('Not installed: Flagger (kepler)'),
    ).toBeVisible();
    expect(screen.getByText(/No canary yet/)).toBeVisible();
  });

  it('says why nothing can be read', async () => {
    server.use(
      http.get(`${DELIVERY}/canaries`, () => refusal(503, 'backend is away')),
    );
    renderDelivery(<RolloutsInbox onOpen={() => undefined} />);
    expect(await screen.findByText(/backend is away/)).toBeVisible();
    expect(screen.getByRole('button', { name: /again/i })).toBeVisible();
  });
});
