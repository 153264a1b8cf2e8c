import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { Span } from '@orrery/backstage-plugin-telemetry-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { layOut } from '../../__testUtils__/layOut';
import { EPOCH, PROVENANCE, span } from '../../__testUtils__/spans';
import { TraceBody } from './TraceView';

const SPANS: Span[] = [
  span('1', 'web.shop', [0, 100]),
  span('2', 'order.shop', [12, 60], {
    parentId: '1',
    isError: true,
    remoteService: 'web.shop',
    tags: {
      'http.status_code': '503',
      node_id: 'sidecar~10.0.0.1~order-1.shop~x',
    },
    events: [{ atMilliseconds: EPOCH + 20, text: '<b>retried</b>' }],
    client: {
      service: 'web.shop',
      startMilliseconds: EPOCH + 10,
      durationMilliseconds: 70,
      tags: {},
    },
  }),
  span('3', 'hidden', [30, 5], {
    parentId: '2',
    name: 'hidden',
    isHidden: true,
  }),
];

async function show(spans = SPANS) {
  const trace = {
    traceId: 'abc',
    spans,
    problems: [{ kind: 'hidden' as const, spanCount: 1 }],
    provenance: PROVENANCE,
  };
  await renderInTestApp(<TraceBody cluster="kepler" trace={trace} />);
  return screen.getByRole('treegrid', { name: 'Spans over time' });
}

describe('TraceBody', () => {
  beforeEach(layOut);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('shows spans as a tree, and says what is wrong with it', async () => {
    const grid = await show();
    const rows = within(grid).getAllByRole('row');
    expect(rows.map(row => row.getAttribute('aria-level'))).toEqual([
      '1',
      '2',
      '3',
    ]);
    expect(rows[1]).toHaveTextContent('order.shop');
    expect(within(rows[1]).getByLabelText('failed')).toBeInTheDocument();
    expect(rows[2]).toHaveTextContent('not permitted');
    expect(
      screen.getByText('1 spans are of services that you may not see'),
    ).toBeInTheDocument();
  });

  it('is read and folded by keyboard', async () => {
    const grid = await show();
    grid.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const chosen = within(grid).getByRole('row', { selected: true });
    expect(chosen).toHaveTextContent('order.shop');
    await userEvent.keyboard('{ArrowLeft}');
    expect(within(grid).getAllByRole('row')).toHaveLength(2);
    expect(chosen).toHaveAttribute('aria-expanded', 'false');
    await userEvent.keyboard('{ArrowRight}');
    expect(within(grid).getAllByRole('row')).toHaveLength(3);
  });

  it('tells all of a span, and leads on to its logs', async () => {
    const grid = await show();
    await userEvent.click(within(grid).getAllByRole('row')[1]);
    const details = screen.getByRole('complementary', { name: 'Span' });
    expect(details).toHaveTextContent('web.shop → order.shop');
    expect(details).toHaveTextContent('On the way10 ms');
    expect(details).toHaveTextContent('Podorder-1.shop');
    expect(details).toHaveTextContent('http.status_code503');
    // What services write is text, whatever it looks like.
    expect(details).toHaveTextContent('<b>retried</b>');
    const href = within(details)
      .getByRole('link', { name: 'Logs of this span' })
      .getAttribute('href');
    const query = new URL(href ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      cluster: 'kepler',
      namespaces: 'shop',
      app: 'order',
      trace: 'abc',
      from: '2026-11-26T11:59:58.012Z',
      to: '2026-11-26T12:00:02.072Z',
    });
  });

  it('has no link to logs of what may not be seen', async () => {
    const grid = await show();
    await userEvent.click(within(grid).getAllByRole('row')[2]);
    const details = screen.getByRole('complementary', { name: 'Span' });
    expect(details).toHaveTextContent('You may not see this service');
    expect(within(details).queryByRole('link')).not.toBeInTheDocument();
  });

  it('makes only the rows in sight of ten thousand', async () => {
    const grid = await show(
      Array.from({ length: 10_000 }, (_, index) =>
        span(String(index), 'a.n', [index, 1], {
          parentId: index === 0 ? undefined : '0',
        }),
      ),
    );
    expect(grid).toHaveAttribute('aria-rowcount', '10000');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(100);
  });
});
