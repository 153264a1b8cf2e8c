import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import {
  OrreryClient,
  orreryApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { ActivityCard } from './ActivityCard';

function activity(state: Activity['state'], message: string): Activity {
  return {
    id: state,
    startedAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
    actor: 'user:default/guest',
    action: 'restart-workload',
    target: 'kepler/wealth/Deployment/order',
    reason: 'It leaks',
    summary: 'Restart Deployment order',
    before: '',
    after: '',
    state,
    message,
    undo: '',
  };
}

describe('ActivityCard', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  function open(answer: (url: URL) => Response | Promise<Response>) {
    server.use(
      http.get('http://example.com/api/orrery/activity', ({ request }) =>
        answer(new URL(request.url)),
      ),
    );
    renderInTestApp(<ActivityCard />, {
      apis: [
        [
          orreryApiRef,
          new OrreryClient({
            discoveryApi: mockApis.discovery(),
            fetchApi: { fetch: (...request) => fetch(...request) },
          }),
        ],
      ],
    });
  }

  it('names the second person too', async () => {
    open(() =>
      HttpResponse.json({
        items: [
          {
            ...activity('succeeded', 'All pods run anew'),
            approval: {
              plugin: 'delivery',
              requestedBy: 'user:default/guest',
              neededUntil: '2026-01-02T00:00:00Z',
              decision: 'approved',
              decidedBy: 'user:default/priya',
            },
          },
        ],
      }),
    );
    expect(await screen.findByRole('listitem')).toHaveTextContent(
      /user:default\/guest · approved by user:default\/priya · /,
    );
  });

  it('tells who did what, why, when, and how it ended', async () => {
    open(url => {
      return HttpResponse.json({
        items:
          url.searchParams.get('limit') === '20'
            ? [
                activity('running', '1 of 3 pods replaced'),
                activity('succeeded', 'All pods run anew'),
                activity('failed', 'The rollout is stuck'),
              ]
            : [],
      });
    });
    expect(
      await screen.findByRole('heading', { name: 'Activity' }),
    ).toBeInTheDocument();
    const items = within(await screen.findByRole('list')).getAllByRole(
      'listitem',
    );
    expect(items.map(item => item.textContent)).toEqual(
      [
        ['… Running', '1 of 3 pods replaced'],
        ['✓ Done', 'All pods run anew'],
        ['✕ Failed', 'The rollout is stuck'],
      ].map(
        ([state, message]) =>
          `${state}Restart Deployment order${message}. “It leaks”user:default/guest · 3 hours ago`,
      ),
    );
  });

  it('says that nothing happened yet, and what to do', async () => {
    open(() => HttpResponse.json({ items: [] }));
    expect(await screen.findByText(/Nobody has changed/)).toBeInTheDocument();
    expect(screen.getByText(/Restart a workload/)).toBeInTheDocument();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });

  it('says why it could not be read, and tries again when asked', async () => {
    let isDown = true;
    open(() =>
      isDown
        ? HttpResponse.json(
            {
              error: { name: 'Error', message: 'Out to lunch' },
              response: { statusCode: 503 },
            },
            { status: 503 },
          )
        : HttpResponse.json({ items: [activity('succeeded', 'Well')] }),
    );
    expect(
      await screen.findByText(
        'The activity log could not be read: Out to lunch',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Nobody has changed/)).not.toBeInTheDocument();
    isDown = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('list')).toHaveTextContent('Well');
    expect(screen.queryByText(/Out to lunch/)).not.toBeInTheDocument();
  });

  it('shows that it is reading', async () => {
    open(async () => {
      await delay('infinite');
      return HttpResponse.json({ items: [] });
    });
    expect(
      await screen.findByRole('status', { name: 'Reading the activity log' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Nobody has changed/)).not.toBeInTheDocument();
  });
});
