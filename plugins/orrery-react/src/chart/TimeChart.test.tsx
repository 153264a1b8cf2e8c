import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { createPlot } from './createPlot';
import type { PlotSettings } from './plotOptions';
import { TimeChart } from './TimeChart';
import type { TimeChartProps } from './types';

// It draws on a canvas, which the test's browser does not have.
jest.mock('./createPlot', () => ({ createPlot: jest.fn() }));
const create = jest.mocked(createPlot);

const CHART: TimeChartProps = {
  title: 'Errors',
  note: 'last 30 min',
  timeMilliseconds: [60_000, 120_000, 180_000],
  series: [
    {
      id: 'stable',
      title: 'v1',
      values: [1, null, 3],
      previous: [9, 8, 7],
      colour: 'red',
    },
    { id: 'canary', title: 'v2', values: [null, 5, null], colour: 'blue' },
  ],
  marks: [{ atMilliseconds: 120_000, kind: 'canary', title: '25 %' }],
  thresholds: [{ value: 4, title: 'At most' }],
  write: value => `${value}/s`,
};

describe('TimeChart', () => {
  const plot = { update: jest.fn(), remove: jest.fn() };
  let settings: Omit<PlotSettings, 'bars'>;

  beforeEach(() => {
    jest.clearAllMocks();
    create.mockImplementation(given => {
      settings = given;
      return plot;
    });
  });

  it('says the last values, and those under the crosshair', async () => {
    await renderInTestApp(<TimeChart {...CHART} />);
    expect(screen.getByText(/v1: 3\/s/)).toHaveTextContent('v1: 3/s (7/s)');
    expect(screen.getByText(/v2:/)).toHaveTextContent('v2: –');
    await waitFor(() => expect(create).toHaveBeenCalled());
    act(() => settings.onPoint(1));
    expect(screen.getByText(/v1:/)).toHaveTextContent('v1: – (8/s)');
    expect(screen.getByText(/v2:/)).toHaveTextContent('v2: 5/s');
    act(() => settings.onPoint(undefined));
    expect(screen.getByText(/v1:/)).toHaveTextContent('v1: 3/s');
  });

  it('has a table with the same numbers, marks and limits', async () => {
    await renderInTestApp(<TimeChart {...CHART} />);
    await waitFor(() => expect(create).toHaveBeenCalled());
    await userEvent.click(
      screen.getByRole('button', { name: 'Errors as a table' }),
    );
    const table = screen.getByRole('table', { name: 'Errors' });
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Time', 'v1', 'v1, the period before', 'v2']);
    const [, newest, middle] = within(table).getAllByRole('row');
    const cells = (row: HTMLElement) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent);
    expect(cells(newest)).toEqual(['3/s', '7/s', '–']);
    expect(cells(middle)).toEqual(['–', '8/s', '5/s']);
    expect(screen.getByText('At most: 4/s')).toBeVisible();
    expect(screen.getByText(/◐ .* 25 %/)).toBeVisible();
    expect(plot.remove).toHaveBeenCalledTimes(1);
    await userEvent.click(
      screen.getByRole('button', { name: 'Errors as a picture' }),
    );
    expect(screen.queryByRole('table')).toBeNull();
    await waitFor(() => expect(create).toHaveBeenCalledTimes(2));
  });

  it('draws new values in the same plot', async () => {
    function Changing() {
      const [first, second] = CHART.series;
      const [series, setSeries] = useState(CHART.series);
      const later = [{ ...first, values: [1, null, 4] }, second];
      return (
        <>
          <button onClick={() => setSeries(later)}>Later</button>
          <TimeChart {...CHART} series={series} />
        </>
      );
    }
    await renderInTestApp(<Changing />);
    await waitFor(() => expect(create).toHaveBeenCalled());
    plot.update.mockClear();
    await userEvent.click(screen.getByRole('button', { name: 'Later' }));
    await screen.findByText(/v1: 4\/s/);
    expect(plot.update).toHaveBeenCalledTimes(1);
    expect(create).toHaveBeenCalledTimes(1);
    expect(settings.current().series[0].values).toEqual([1, null, 4]);
  });

  it('says that nothing was measured, and draws no empty picture', async () => {
    await renderInTestApp(
      <TimeChart
        {...CHART}
        series={[{ id: 'a', title: 'v1', values: [null], colour: 'red' }]}
      />,
    );
    expect(screen.getByText('Nothing was measured')).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
    expect(create).not.toHaveBeenCalled();
  });

  it('shows the table where nothing can be drawn', async () => {
    create.mockImplementation(() => {
      throw new Error('no canvas');
    });
    await renderInTestApp(<TimeChart {...CHART} />);
    expect(await screen.findByRole('table', { name: 'Errors' })).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
