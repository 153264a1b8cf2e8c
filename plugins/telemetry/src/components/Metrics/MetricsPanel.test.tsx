import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { timeMarksApiRef } from '@orrery/backstage-plugin-orrery-react';
import type { ChartsResponse } from '@orrery/backstage-plugin-telemetry-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EPOCH, PROVENANCE, telemetryApi } from '../../__testUtils__/spans';
import { telemetryApiRef, type TelemetryApi } from '../../api';
import { useRange } from '../../hooks/useRange';
import { MetricsPanel } from './MetricsPanel';

const charts = jest.fn<
  ReturnType<TelemetryApi['charts']>,
  Parameters<TelemetryApi['charts']>
>();
const levels = jest.fn<
  ReturnType<TelemetryApi['levels']>,
  Parameters<TelemetryApi['levels']>
>();

const answer = (group: 'red' | 'saturation' | 'runtime'): ChartsResponse => ({
  fromMilliseconds: EPOCH,
  toMilliseconds: EPOCH + 30_000,
  stepSeconds: 15,
  storage: 'prometheus',
  charts:
    group === 'red'
      ? [
          {
            id: 'red.rate',
            group,
            unit: 'requestsPerSecond',
            promql: 'sum(rate(istio_requests_total[60s]))',
            series: [{ name: 'v1', role: 'version', points: [[EPOCH, 4]] }],
          },
          {
            id: 'red.p95',
            group,
            unit: 'milliseconds',
            promql: 'x',
            series: [],
            emptyReason: 'No series of y matches in this range',
          },
        ]
      : [],
  provenance: PROVENANCE,
});

function Harness() {
  return (
    <MetricsPanel
      cluster="kepler"
      namespace="shop"
      app="order"
      page={useRange('now-1h')}
    />
  );
}

const show = () =>
  renderInTestApp(
    <TestApiProvider
      apis={[
        [telemetryApiRef, telemetryApi({ charts, levels })],
        [timeMarksApiRef, { read: async () => ({ marks: [], problems: [] }) }],
      ]}
    >
      <Harness />
    </TestApiProvider>,
  );

describe('MetricsPanel', () => {
  beforeEach(() => {
    jest.clearAllMocks();
    charts.mockImplementation(async ({ group }) => answer(group));
    levels.mockResolvedValue({
      levels: [
        {
          id: 'availability',
          kind: 'availability',
          objective: 0.999,
          windowDays: 30,
          origin: 'orrery.dev/slo-availability',
          attained: 0.98,
          coverage: 0.25,
          budgetLeft: -4,
          burnRates: [{ window: '5m', rate: 20 }, { window: '3d' }],
          state: 'fast',
        },
      ],
      provenance: PROVENANCE,
    });
  });

  it('shows charts with their questions, and why one is empty', async () => {
    await show();
    const requests = await screen.findByRole('article', { name: 'Requests' });
    expect(requests).toHaveTextContent('v1');
    expect(requests).toHaveTextContent('sum(rate(istio_requests_total[60s]))');
    expect(
      screen.getByRole('article', { name: 'Latency p95' }),
    ).toHaveTextContent('No series of y matches in this range');
    expect(screen.getByText(/No metrics of a runtime/)).toBeInTheDocument();
  });

  it('compares with the period before on request', async () => {
    await show();
    await screen.findByRole('article', { name: 'Requests' });
    expect(charts).not.toHaveBeenCalledWith(
      expect.objectContaining({ compare: true }),
    );
    await userEvent.click(
      screen.getByRole('switch', { name: /period before/ }),
    );
    expect(charts).toHaveBeenCalledWith(
      expect.objectContaining({ compare: true, group: 'red' }),
    );
  });

  it('says how service levels stand, and how much of that is known', async () => {
    await show();
    const row = within(
      await screen.findByRole('table', { name: 'Service levels' }),
    ).getAllByRole('row')[1];
    expect(row).toHaveTextContent('99.9 % of requests succeed in 30 days');
    expect(row).toHaveTextContent('✕ Burning fast');
    expect(row).toHaveTextContent('metrics cover 25 % of 30 days');
    expect(row).toHaveTextContent('overspent by 400 %');
    expect(row).toHaveTextContent('5m: 20×');
    // Unknown is no zero.
    expect(row).toHaveTextContent('3d: –');
  });

  it('keeps what works when a group fails', async () => {
    charts.mockImplementation(async ({ group }) => {
      if (group === 'saturation') {
        throw new Error('Prometheus is down');
      }
      return answer(group);
    });
    await show();
    expect(await screen.findByText('Prometheus is down')).toBeInTheDocument();
    expect(
      await screen.findByRole('article', { name: 'Requests' }),
    ).toBeInTheDocument();
  });
});
