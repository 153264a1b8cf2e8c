import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { layOut } from '../../__testUtils__/layOut';
import { GridTable, type GridColumn } from './GridTable';

type Row = { id: string; rate?: number };

const COLUMNS: GridColumn<Row>[] = [
  {
    id: 'name',
    title: 'Name',
    width: '2fr',
    sortBy: row => row.id,
    render: row => row.id,
  },
  {
    id: 'rate',
    title: 'Rate',
    width: '90px',
    isNumber: true,
    sortBy: row => row.rate,
    render: row => row.rate ?? 'unknown',
  },
];

const ROWS: Row[] = [
  { id: 'web', rate: 10 },
  { id: 'report' },
  { id: 'order', rate: 9 },
  { id: 'bank', rate: 100 },
];

describe('GridTable', () => {
  beforeEach(layOut);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map(row => row.firstElementChild?.textContent);
  const header = (name: string) => screen.getByRole('columnheader', { name });
  const sort = (name: string) =>
    userEvent.click(screen.getByRole('button', { name }));

  it('sorts by its first column, then by what is pressed; unknown goes last', async () => {
    renderInTestApp(
      <GridTable
        label="Nodes"
        rows={ROWS}
        columns={COLUMNS}
        initialSort="rate"
        selected="web"
        onSelect={() => undefined}
      />,
    );
    expect(await screen.findByRole('table', { name: 'Nodes' })).toHaveAttribute(
      'aria-rowcount',
      '5',
    );
    expect(names()).toEqual(['bank', 'web', 'order', 'report']);
    expect(header('Rate')).toHaveAttribute('aria-sort', 'descending');
    expect(header('Name')).toHaveAttribute('aria-sort', 'none');
    await sort('Rate');
    expect(names()).toEqual(['order', 'web', 'bank', 'report']);
    expect(header('Rate')).toHaveAttribute('aria-sort', 'ascending');
    await sort('Name');
    expect(names()).toEqual(['bank', 'order', 'report', 'web']);
    expect(header('Name')).toHaveAttribute('aria-sort', 'ascending');
    expect(header('Rate')).toHaveAttribute('aria-sort', 'none');
    await sort('Name');
    expect(names()).toEqual(['web', 'report', 'order', 'bank']);
    expect(
      screen.getAllByRole('row').map(row => row.getAttribute('aria-rowindex')),
    ).toEqual(['1', '2', '3', '4', '5']);
  });

  it('is chosen from by keyboard, and says what is chosen', async () => {
    const select = jest.fn();
    renderInTestApp(
      <GridTable
        label="Nodes"
        rows={ROWS}
        columns={COLUMNS}
        initialSort="name"
        selected="web"
        onSelect={select}
      />,
    );
    expect(
      await screen.findByRole('button', { name: 'web', pressed: true }),
    ).toBeInTheDocument();
    const order = screen.getByRole('button', { name: 'order', pressed: false });
    order.focus();
    await userEvent.keyboard('{Enter}');
    expect(select).toHaveBeenCalledWith('order');
  });

  it('keeps only what is in view of thousands, and says how many there are', async () => {
    renderInTestApp(
      <GridTable
        label="Nodes"
        rows={Array.from({ length: 5000 }, (_, index) => ({
          id: `n${index}`,
          rate: index,
        }))}
        columns={COLUMNS}
        initialSort="rate"
        onSelect={() => undefined}
      />,
    );
    expect(await screen.findByRole('table')).toHaveAttribute(
      'aria-rowcount',
      '5001',
    );
    expect(names()[0]).toBe('n4999');
    expect(names().length).toBeLessThan(100);
  });
});
