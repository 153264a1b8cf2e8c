import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ProblemPanel } from './ProblemPanel';

describe('ProblemPanel', () => {
  it('says in sentences what is missing or old, and why', async () => {
    const retry = jest.fn();
    const asOf = new Date(Date.now() - 120_000).toISOString();
    renderInTestApp(
      <ProblemPanel
        sources={[
          { name: 'kubernetes', state: 'ok' },
          { name: 'prometheus', state: 'stale', asOf, reason: 'timeout' },
          { name: 'tempo', state: 'failed', reason: 'refused' },
          { name: 'kubernetes/pods', state: 'forbidden' },
          { name: 'kubernetes/gateways', state: 'absent' },
        ]}
        warnings={[{ code: 'query-tcp', message: 'tcp: too many samples' }]}
        onRetry={retry}
      />,
    );
    expect(
      await screen.findByText('Part of this page is not known'),
    ).toBeInTheDocument();
    const items = within(screen.getByRole('list')).getAllByRole('listitem');
    expect(items.map(item => item.textContent)).toEqual([
      'prometheus stopped answering; shown is 2 minutes ago: timeout',
      'tempo has no answer: refused',
      'kubernetes/pods may not be read',
      'kubernetes/gateways is not there',
      'tcp: too many samples',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledTimes(1);
  });

  it('shows nothing when all is well', async () => {
    renderInTestApp(
      <>
        <p>Page</p>
        <ProblemPanel
          sources={[{ name: 'kubernetes', state: 'ok' }]}
          warnings={[]}
          onRetry={() => undefined}
        />
      </>,
    );
    expect(await screen.findByText('Page')).toBeInTheDocument();
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
