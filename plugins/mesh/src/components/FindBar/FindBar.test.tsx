import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { useLocation } from 'react-router-dom';
import { edge, graphOf, node, SILENCE } from '../../__testUtils__/graph';
import { useFind } from '../../hooks/useFind';
import { FindBar } from './FindBar';

const order = node('wealth/order', 'healthy');
const payment = node('wealth/payment', 'failing');
const scoring = node('loan/scoring', 'idle');
const graph = graphOf(
  [order, payment, scoring],
  [
    edge(order, payment, {
      traffic: { ...SILENCE, protocols: ['http'], p95Milliseconds: 900 },
    }),
  ],
);

function Harness() {
  const state = useFind(graph);
  const [selected, setSelected] = useState<string>();
  const location = useLocation();
  return (
    <>
      <FindBar
        graph={graph}
        state={state}
        selected={selected}
        onSelect={setSelected}
      />
      <output aria-label="Selected">{selected ?? 'nothing'}</output>
      <output aria-label="Shown">
        {state.shown?.nodes.map(({ name }) => name).join(' ')}
      </output>
      <output aria-label="Bright">
        {state.highlighted ? [...state.highlighted].sort().join(' ') : 'all'}
      </output>
      <output aria-label="Search">{decodeURIComponent(location.search)}</output>
      <button type="button">elsewhere</button>
    </>
  );
}

async function open(path = '/') {
  renderInTestApp(<Harness />, { initialRouteEntries: [path] });
  return screen.findByRole('combobox', { name: 'Find' });
}
const hideField = () => screen.getByRole('combobox', { name: 'Hide' });
const value = (name: string) => screen.getByRole('status', { name });
const options = () =>
  screen.queryAllByRole('option').map(option => option.textContent);

describe('FindBar', () => {
  it('finds while it is written, says how much, and keeps it in the URL', async () => {
    const field = await open();
    expect(value('Bright')).toHaveTextContent('all');
    await userEvent.type(field, 'rt > 500ms');
    await waitFor(() =>
      expect(value('Found')).toHaveTextContent('0 nodes, 1 edge'),
    );
    expect(value('Search')).toHaveTextContent('find=rt+>+500ms');
    // Both ends of the edge are bright too, though not counted.
    expect(value('Bright')).toHaveTextContent(
      `${order.id} ${order.id}>${payment.id} ${payment.id}`,
    );
    expect(value('Bright')).not.toHaveTextContent('scoring');
  });

  it('begins with what a link says', async () => {
    const field = await open('/?find=ns+%3D+wealth&hide=idle');
    expect(field).toHaveValue('ns = wealth');
    expect(hideField()).toHaveValue('idle');
    expect(value('Found')).toHaveTextContent('2 nodes, 0 edges');
    expect(value('Shown')).toHaveTextContent('order payment');
  });

  it('goes from match to match with Enter, backwards with Shift', async () => {
    const field = await open('/?find=ns+%3D+wealth');
    await userEvent.type(field, '{Enter}');
    expect(value('Selected')).toHaveTextContent(payment.id);
    expect(value('Found')).toHaveTextContent('2 nodes, 0 edges · 1 of 2');
    await userEvent.keyboard('{Enter}');
    expect(value('Selected')).toHaveTextContent(order.id);
    await userEvent.keyboard('{Enter}');
    expect(value('Selected')).toHaveTextContent(payment.id);
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    expect(value('Selected')).toHaveTextContent(order.id);
    await userEvent.click(screen.getByRole('button', { name: 'Next match' }));
    expect(value('Selected')).toHaveTextContent(payment.id);
  });

  it('shows a mistake with a caret and keeps what was found before it', async () => {
    const field = await open('/?find=payment');
    await userEvent.type(field, ' and colour = red{Enter}');
    expect(field).toHaveAttribute('aria-invalid', 'true');
    const problem = document.getElementById(
      field.getAttribute('aria-describedby') ?? '',
    );
    expect(problem).toHaveAttribute('aria-live', 'polite');
    expect(problem?.querySelector('pre')?.textContent).toBe(
      'payment and colour = red\n            ^^^^^^',
    );
    expect(problem).toHaveTextContent('There is no such operand. Expected: ');
    expect(problem).toHaveTextContent('(character 13)');
    expect(value('Found')).toHaveTextContent('1 node, 0 edges');
    expect(value('Search')).toHaveTextContent('?find=payment');
  });

  it('shows the whole graph, and why, when a link has a mistake', async () => {
    const field = await open('/?hide=ns+%3D&find=rt');
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(hideField()).toHaveAttribute('aria-invalid', 'true');
    expect(value('Shown')).toHaveTextContent('order payment scoring');
    expect(value('Bright')).toHaveTextContent('all');
  });

  it('completes with the keyboard alone', async () => {
    const field = await open();
    await userEvent.type(field, 'namesp');
    expect(options()[0]).toMatch(/^namespace \| ns/);
    expect(field).toHaveAttribute('aria-expanded', 'true');
    await userEvent.keyboard('{Tab}');
    expect(field).toHaveFocus();
    expect(field).toHaveValue('namespace ');
    expect(options()[0]).toBe('=');
    await userEvent.keyboard('{ArrowDown}');
    const active = field.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)).toHaveTextContent('=');
    expect(document.getElementById(active)).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await userEvent.keyboard('{Enter}');
    expect(field).toHaveValue('namespace = ');
    expect(options()).toEqual(['wealth2', 'loan1']);
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(field).toHaveValue('namespace = loan ');
    await userEvent.keyboard('{Escape}');
    expect(options()).toEqual([]);
    await userEvent.keyboard('{Control>} {/Control}');
    expect(options()).toEqual(['and', 'or']);
    await userEvent.keyboard('{Escape}{Enter}');
    expect(value('Search')).toHaveTextContent('find=namespace+=+loan');
  });

  it('completes with the pointer', async () => {
    const field = await open();
    await userEvent.type(field, 'heal');
    await userEvent.click(
      screen.getByRole('option', { name: /^healthy/, selected: false }),
    );
    expect(field).toHaveValue('healthy ');
    expect(field).toHaveFocus();
  });

  it('lets Tab go on where nothing is begun', async () => {
    const field = await open('/?find=payment');
    act(() => field.focus());
    await userEvent.keyboard('{Tab}');
    expect(field).not.toHaveFocus();
  });

  it('is reached with /, but not from where somebody writes', async () => {
    const field = await open();
    act(() => screen.getByRole('button', { name: 'elsewhere' }).focus());
    await userEvent.keyboard('/');
    expect(field).toHaveFocus();
    expect(field).toHaveValue('');
    await userEvent.type(hideField(), '/');
    expect(hideField()).toHaveFocus();
    expect(hideField()).toHaveValue('/');
  });

  it('is cleared with Escape and with the button', async () => {
    const field = await open('/?find=payment&hide=idle');
    act(() => field.focus());
    await userEvent.keyboard('{Escape}');
    expect(field).toHaveValue('');
    expect(value('Bright')).toHaveTextContent('all');
    await userEvent.click(screen.getByRole('button', { name: 'Clear hide' }));
    expect(value('Search')).toHaveTextContent('');
    expect(value('Shown')).toHaveTextContent('order payment scoring');
  });

  it('hides with Enter only, says how much, and shows it again', async () => {
    await open();
    await userEvent.type(hideField(), 'idle');
    expect(value('Shown')).toHaveTextContent('order payment scoring');
    await userEvent.keyboard('{Enter}');
    expect(value('Shown')).toHaveTextContent('order payment');
    expect(value('Hidden')).toHaveTextContent('1 node, 0 edges hidden');
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(value('Shown')).toHaveTextContent('order payment scoring');
    expect(hideField()).toHaveValue('idle');
    await userEvent.click(screen.getByRole('button', { name: 'Hide again' }));
    expect(value('Shown')).toHaveTextContent('order payment');
  });

  it('offers presets, and keeps what was used and saved', async () => {
    const field = await open();
    const menu = () =>
      screen.getByRole('button', { name: 'Expressions to find' });
    await userEvent.click(menu());
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Unhealthy nodes' }),
    );
    expect(field).toHaveValue('! healthy');
    expect(value('Found')).toHaveTextContent('1 node, 0 edges');
    await userEvent.click(menu());
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Save ! healthy' }),
    );
    await userEvent.click(menu());
    const shown = await screen.findByRole('menu');
    expect(
      within(shown).getAllByRole('menuitem', { name: '! healthy' }),
    ).toHaveLength(2);
    await userEvent.click(
      within(shown).getByRole('menuitem', { name: 'Forget ! healthy' }),
    );
    await userEvent.click(menu());
    expect(
      within(await screen.findByRole('menu')).getAllByRole('menuitem', {
        name: '! healthy',
      }),
    ).toHaveLength(1);
  });

  it('explains itself', async () => {
    await open();
    await userEvent.click(
      screen.getByRole('button', { name: 'Help on find and hide' }),
    );
    const help = await screen.findByRole('dialog');
    expect(await within(help).findByText('responsetime | rt')).toBeVisible();
    expect(within(help).getByText('upstream(payment)')).toBeVisible();
    fireEvent.keyDown(help, { key: '/' });
    expect(screen.queryByRole('dialog')).not.toBeNull();
  });
});
