import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import {
  spanLogsApiRef,
  type EvidenceLine,
} from '@orrery/backstage-plugin-orrery-react';
import { screen } from '@testing-library/react';
import { SpanLogs } from './SpanLogs';

const QUERY = {
  cluster: 'kepler',
  traceId: 'ab'.repeat(16),
  namespace: 'wealth',
  app: 'order',
  fromMilliseconds: 1,
  toMilliseconds: 2,
};

const show = (linesOf: () => Promise<EvidenceLine[]>) =>
  renderInTestApp(
    <TestApiProvider apis={[[spanLogsApiRef, { linesOf }]]}>
      <SpanLogs query={QUERY} />
    </TestApiProvider>,
  );

describe('SpanLogs', () => {
  it('shows what was written, as text whatever it looks like', async () => {
    const linesOf = jest.fn(async () => [
      {
        id: '1',
        at: '2026-11-26T10:00:00.123Z',
        level: 'error',
        text: '<script>call to payment failed</script>',
      },
    ]);
    await show(linesOf);
    const item = await screen.findByRole('listitem');
    expect(item).toHaveTextContent(
      '10:00:00.123 ERROR <script>call to payment failed</script>',
    );
    expect(linesOf).toHaveBeenCalledWith(QUERY);
  });

  it('says that there is nothing, or that it is not known', async () => {
    await show(async () => []);
    expect(
      await screen.findByText('It wrote nothing with this trace id.'),
    ).toBeVisible();
  });

  it('says why lines are not known', async () => {
    await show(async () => {
      throw new Error('the store is busy');
    });
    expect(
      await screen.findByText(/could not be read: the store is busy/),
    ).toBeVisible();
  });

  it('is nothing where no logs are installed', async () => {
    await renderInTestApp(<SpanLogs query={QUERY} />);
    expect(screen.queryByText('What it wrote')).toBeNull();
  });
});
