import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { DashboardPanel } from '@orrery/backstage-plugin-telemetry-common';
import { screen, within } from '@testing-library/react';
import { PROVENANCE, telemetryApi } from '../../__testUtils__/spans';
import { telemetryApiRef } from '../../api';
import { useRange } from '../../hooks/useRange';
import { DashboardsPanel } from './DashboardsPanel';

function Harness() {
  return (
    <DashboardsPanel
      cluster="kepler"
      namespace="shop"
      app="order"
      page={useRange('now-1h')}
    />
  );
}

const panel = (
  id: number,
  title: string,
  more: Partial<DashboardPanel>,
): DashboardPanel => ({
  id,
  title,
  type: 'timeseries',
  showing: ['link'],
  url: `https://grafana.example/d/x?viewPanel=${id}`,
  ...more,
});

async function show(panels: DashboardPanel[], isEmpty = false) {
  const api = telemetryApi({
    dashboards: async () => ({
      dashboards: isEmpty
        ? []
        : [
            {
              grafana: 'main',
              uid: 'x',
              title: 'Orders',
              tags: [],
              foundBy: 'tag order',
              url: 'https://grafana.example/d/x',
            },
          ],
      provenance: PROVENANCE,
    }),
    panels: async () => ({ title: 'Orders', panels, provenance: PROVENANCE }),
    drawing: async () => ({
      chart: {
        id: 'panel.2',
        group: 'runtime',
        unit: 'count',
        promql: 'up',
        series: [],
        emptyReason: 'Prometheus has no series for this query in this range',
      },
      stepSeconds: 15,
      provenance: PROVENANCE,
    }),
  });
  await renderInTestApp(
    <TestApiProvider apis={[[telemetryApiRef, api]]}>
      <Harness />
    </TestApiProvider>,
  );
}

describe('DashboardsPanel', () => {
  it('shows each panel in the best way, and why not in a better one', async () => {
    await show([
      panel(1, 'Framed', {
        showing: ['embed', 'image', 'drawn', 'link'],
        embedUrl: 'https://grafana.example/d-solo/x?panelId=1',
      }),
      panel(2, 'Drawn', {
        showing: ['image', 'drawn', 'link'],
        reason: 'Grafana refuses frames (X-Frame-Options: deny)',
      }),
      panel(3, 'Linked', { reason: 'it has no query' }),
    ]);
    const frame = await screen.findByTitle('Framed');
    expect(frame).toHaveAttribute(
      'src',
      'https://grafana.example/d-solo/x?panelId=1',
    );
    expect(frame).toHaveAttribute('sandbox', 'allow-scripts allow-same-origin');
    const [drawn] = screen.getAllByRole('article', { name: 'Drawn' });
    expect(drawn).toHaveTextContent('Grafana refuses frames');
    expect(
      await within(drawn).findByText(/Prometheus has no series/),
    ).toBeInTheDocument();
    const linked = screen.getByRole('article', { name: 'Linked' });
    expect(
      within(linked).getByRole('link', { name: /Open in Grafana/ }),
    ).toHaveAttribute('href', 'https://grafana.example/d/x?viewPanel=3');
    expect(screen.getByText('Found by tag order')).toBeInTheDocument();
  });

  it('says what to do when there is none', async () => {
    await show([], true);
    expect(
      await screen.findByText(/annotate the component with grafana/),
    ).toBeInTheDocument();
  });
});
