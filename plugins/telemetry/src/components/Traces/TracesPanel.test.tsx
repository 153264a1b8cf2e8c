import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PROVENANCE, summary, telemetryApi } from '../../__testUtils__/spans';
import { telemetryApiRef, type TelemetryApi } from '../../api';
import { useRange } from '../../hooks/useRange';
import { TracesPanel } from './TracesPanel';

const traces = jest.fn<
  ReturnType<TelemetryApi['traces']>,
  Parameters<TelemetryApi['traces']>
>();
const opened = jest.fn();

function Harness() {
  return (
    <TracesPanel
      cluster="kepler"
      namespace="shop"
      app="web"
      page={useRange('now-15m')}
      onOpen={opened}
    />
  );
}

async function show(path = '/') {
  const api = telemetryApi({
    traces,
    traceServices: async () => ({
      services: ['web.shop', 'order.shop'],
      spanNames: ['GET /'],
      tagKeys: ['http.status_code'],
      provenance: PROVENANCE,
    }),
  });
  await renderInTestApp(
    <TestApiProvider apis={[[telemetryApiRef, api]]}>
      <Harness />
    </TestApiProvider>,
    { initialRouteEntries: [path] },
  );
}

describe('TracesPanel', () => {
  beforeEach(() => {
    jest.clearAllMocks();
    traces.mockResolvedValue({
      traces: [
        summary('fast', { errorCount: 2 }),
        summary('slow', {
          durationMilliseconds: 900,
          problems: [{ kind: 'missing-parents', spanCount: 1 }],
        }),
      ],
      isCut: true,
      provenance: PROVENANCE,
    });
  });

  it('asks for what the URL says', async () => {
    await show('/?remoteService=order.shop&errorsOnly=true&from=now-1h');
    await screen.findByRole('table', { name: 'Traces' });
    expect(traces).toHaveBeenCalledWith({
      cluster: 'kepler',
      namespace: 'shop',
      app: 'web',
      from: 'now-1h',
      to: 'now',
      remoteService: 'order.shop',
      errorsOnly: 'true',
    });
  });

  it('shows the slowest first, or those with most failures, and opens one', async () => {
    await show();
    const table = await screen.findByRole('table', { name: 'Traces' });
    const first = () => within(table).getAllByRole('row')[1];
    expect(first()).toHaveTextContent('slow');
    expect(first()).toHaveTextContent('1 spans name a parent');
    expect(screen.getByText(/there are more/)).toBeInTheDocument();
    await userEvent.click(
      within(table).getByRole('button', { name: /Failed spans/ }),
    );
    expect(first()).toHaveTextContent('fast');
    await userEvent.click(within(first()).getByRole('button'));
    expect(opened).toHaveBeenCalledWith('fast');
  });

  it('draws failed traces in another shape, and opens what is clicked', async () => {
    await show();
    const picture = await screen.findByRole('img', { name: /Latency by time/ });
    expect(picture.querySelector('path[data-trace="fast"]')).not.toBeNull();
    fireEvent.click(picture.querySelector('circle[data-trace="slow"]')!);
    expect(opened).toHaveBeenCalledWith('slow');
  });

  it('says why there is nothing', async () => {
    traces.mockResolvedValue({
      traces: [],
      isCut: false,
      provenance: {
        sources: [{ name: 'zipkin', state: 'failed', reason: 'it is down' }],
        warnings: [],
      },
    });
    await show();
    expect(await screen.findByText(/it is down/)).toBeInTheDocument();
    expect(screen.queryByText(/No trace matches/)).not.toBeInTheDocument();
  });

  it('searches by what was written', async () => {
    await show();
    await userEvent.type(
      await screen.findByRole('combobox', { name: 'Tags' }),
      'error',
    );
    // The list of suggestions is in front of everything else.
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Search' }));
    expect(traces).toHaveBeenLastCalledWith(
      expect.objectContaining({ tags: 'error' }),
    );
  });
});
