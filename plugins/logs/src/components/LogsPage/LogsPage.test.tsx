import {
  OrreryClient,
  orreryApiRef,
  timeMarksApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { logsApiRef, LogsClient } from '../../api';
import { logsRouteRef } from '../../routes';
import { fine, lineOf } from '../../__testUtils__/samples';
import { LogsPage } from './LogsPage';

// The editor alone takes seconds to load where other work is done beside.
jest.setTimeout(60_000);

const LOGS = 'http://example.com/api/logs';
const asked: URL[] = [];
const server = setupServer();

const lines = [
  lineOf({
    id: 'e1',
    level: 'error',
    text: 'lost <b>the</b> database',
    traceId: 'a'.repeat(32),
  }),
  lineOf({ id: 'i1', text: 'started' }),
];

const answers = {
  stores: () => ({
    stores: [
      {
        cluster: 'kepler',
        product: 'Elasticsearch 8.15.0',
        hasKibana: true,
        oldestAt: '2026-11-26T00:00:00Z',
        fieldMap: {},
      },
    ],
    provenance: fine,
  }),
  search: (): object => ({
    lines,
    total: { value: 2, relation: 'exact' },
    provenance: fine,
  }),
  histogram: () => ({
    intervalMilliseconds: 1000,
    fromMilliseconds: 0,
    toMilliseconds: 2000,
    buckets: [{ atMilliseconds: 0, total: 2, levels: { error: 1, info: 1 } }],
    provenance: fine,
  }),
  fields: () => ({
    fields: [
      {
        name: 'kubernetes.labels.app',
        types: ['keyword'],
        isSearchable: true,
        isAggregatable: true,
      },
    ],
    provenance: fine,
  }),
  values: () => ({
    field: 'kubernetes.labels.app',
    values: [{ value: 'order', count: 3 }],
    others: 1,
    provenance: fine,
  }),
  context: () => ({
    before: [lineOf({ id: 'b', text: 'just before' })],
    line: lines[0],
    after: [],
    provenance: fine,
  }),
  link: () => ({ kibana: 'https://kibana.example/app/discover' }),
};

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
  // Rows are made for the height that there is, and here is no layout.
  jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(900);
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  server.resetHandlers(
    http.get('http://example.com/api/orrery/scope', () =>
      HttpResponse.json({ clusters: [], environments: [], provenance: fine }),
    ),
    ...Object.entries(answers).map(([name, answer]) =>
      http.get(`${LOGS}/${name}`, ({ request }) => {
        asked.push(new URL(request.url));
        return HttpResponse.json(answer());
      }),
    ),
  );
});

function show(path = '/logs') {
  const options = {
    discoveryApi: mockApis.discovery(),
    fetchApi: {
      fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    },
  };
  renderInTestApp(<LogsPage />, {
    initialRouteEntries: [path],
    mountedRoutes: { '/logs': logsRouteRef },
    apis: [
      [logsApiRef, new LogsClient(options)],
      [orreryApiRef, new OrreryClient(options)],
      [
        timeMarksApiRef,
        { read: async () => ({ marks: [], problems: [] }) } as never,
      ],
    ],
  });
}

const searches = () =>
  asked.filter(({ pathname }) => pathname.endsWith('/search'));

describe('the page of logs', () => {
  it('shows lines with levels; markup in a line is text', async () => {
    show();
    expect(
      await screen.findByText('lost <b>the</b> database'),
    ).toBeInTheDocument();
    expect(screen.getByText('ERROR')).toBeInTheDocument();
    expect(screen.getByText('2 lines, 2 read')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^error 1/ })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
  });

  it('asks for levels that are pressed', async () => {
    show();
    await userEvent.click(
      await screen.findByRole('button', { name: /^error 1/ }),
    );
    await waitFor(() =>
      expect(searches().at(-1)?.searchParams.get('levels')).toBe('error'),
    );
  });

  it('opens a line, filters by a field, shows what was around it', async () => {
    show();
    await userEvent.click(await screen.findByText('lost <b>the</b> database'));
    expect(
      await screen.findByRole('link', { name: 'Open trace' }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining(`/traces/${'a'.repeat(32)}?cluster=kepler`),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Only log.level: INFO' }),
    );
    await waitFor(() =>
      expect(searches().at(-1)?.searchParams.get('query')).toBe(
        'log.level: "INFO"',
      ),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Lines around it' }),
    );
    expect(await screen.findByText('just before')).toBeInTheDocument();
  });

  it('shows the values of a field', async () => {
    show();
    await userEvent.click(await screen.findByText('kubernetes.labels.app'));
    expect(await screen.findByText('75 %')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Not kubernetes.labels.app: order' }),
    );
    await waitFor(() =>
      expect(searches().at(-1)?.searchParams.get('query')).toBe(
        'not kubernetes.labels.app: "order"',
      ),
    );
  });

  it('says where a query is wrong', async () => {
    show('/logs?q=a%20and%20(b');
    expect(await screen.findByText(/^At character \d+:/)).toBeInTheDocument();
  });

  it('says in words that nothing was found, and that a store is away', async () => {
    server.use(
      http.get(`${LOGS}/search`, () =>
        HttpResponse.json({ lines: [], provenance: fine }),
      ),
    );
    show();
    expect(await screen.findByText(/No line matches/)).toBeInTheDocument();
  });

  it('tells a refusal as one', async () => {
    server.use(
      http.get(`${LOGS}/stores`, () =>
        HttpResponse.json(
          {
            error: { name: 'NotAllowedError', message: 'not granted to you' },
            response: { statusCode: 403 },
          },
          { status: 403 },
        ),
      ),
    );
    show();
    expect(await screen.findByText(/not granted to you/)).toBeInTheDocument();
  });
});
