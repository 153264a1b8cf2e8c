import { renderInTestApp } from '@backstage/frontend-test-utils';
import { createFormat } from '@orrery/backstage-plugin-orrery-react';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import type { Layout } from '../layout/types';
import { viewSteps } from '../levels';
import { sceneSteps } from '../scene/buildScene';
import type { Words } from '../scene/texts';
import type { Point } from '../scene/types';
import { runWhole } from '../slices';
import { FocusLayer } from './FocusLayer';

// order calls payment, which fails, and scoring below it; payment calls bank.
const order = node('wealth/order', 'healthy');
const payment = node('wealth/payment', 'failing');
const scoring = node('wealth/scoring', 'healthy');
const bank = node('wealth/bank', 'healthy');
const graph = graphOf(
  [order, payment, scoring, bank],
  [edge(order, payment), edge(order, scoring), edge(payment, bank)],
);
const scene = runWhole(
  sceneSteps(runWhole(viewSteps(graph, { depth: 'workload', except: [] }))),
);
const layout: Layout = {
  marks: new Map<string, Point>([
    [order.id, { x: 0, y: 0 }],
    [payment.id, { x: 200, y: -60 }],
    [scoring.id, { x: 210, y: 60 }],
    [bank.id, { x: 400, y: 0 }],
  ]),
  boxes: new Map(),
  revision: 1,
};
const WORDS: Words = {
  format: createFormat('en'),
  health: state => state,
  comparison: mark => mark,
  outside: 'Outside',
  nodes: count => `${count} nodes`,
  failing: count => `${count} failing`,
  degraded: count => `${count} degraded`,
  closed: 'closed',
  dead: 'dead',
  layer4: 'L4',
  mutualTls: share => share,
  edge: (source, target) => `${source} to ${target}`,
  edges: count => `${count} edges`,
};

const onMove = jest.fn();
const onReveal = jest.fn();

function Harness() {
  const [selected, setSelected] = useState<string>();
  return (
    <>
      <FocusLayer
        scene={scene}
        layout={layout}
        words={WORDS}
        selected={selected}
        placeOf={() => ({ x: 100, y: 0 })}
        onSelect={setSelected}
        onReveal={onReveal}
        onToggle={() => undefined}
        onMove={onMove}
        onUnhover={() => undefined}
      />
      <output aria-label="Selected">{selected ?? 'nothing'}</output>
    </>
  );
}

describe('FocusLayer', () => {
  beforeEach(() => {
    jest.clearAllMocks();
  });

  const focused = () =>
    document.activeElement?.getAttribute('aria-label')?.split(',')[0];
  const start = async () => {
    renderInTestApp(<Harness />);
    // The only part that Tab leads to is the worst.
    const [stop, ...others] = await screen.findAllByRole('button');
    expect(others).toEqual([]);
    act(() => stop.focus());
    expect(focused()).toBe('payment');
  };
  const press = async (keys: string, expected: string) => {
    await userEvent.keyboard(keys);
    await waitFor(() => expect(focused()).toBe(expected));
  };

  it('follows edges with arrow keys, and goes to neighbours beside them', async () => {
    await start();
    await press('{ArrowRight}', 'bank');
    expect(onReveal).toHaveBeenLastCalledWith(bank.id);
    await press('{ArrowLeft}', 'payment');
    await press('{ArrowLeft}', 'order');
    await press('{ArrowRight}', 'payment');
    await press('{ArrowDown}', 'scoring');
    await press('{ArrowUp}', 'payment');
  });

  it('walks on the edges themselves with Alt', async () => {
    await start();
    await press('{ArrowLeft}', 'order');
    await press('{Alt>}{ArrowRight}{/Alt}', 'order to payment');
    await press('{ArrowDown}', 'order to scoring');
    await press('{ArrowUp}', 'order to payment');
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(focused()).toBe('payment'));
  });

  it('goes to the far end and back to the worst', async () => {
    await start();
    await press('{End}', 'bank');
    await userEvent.keyboard('{Home}');
    await waitFor(() => expect(focused()).toBe('payment'));
  });

  it('stays where an arrow leads nowhere', async () => {
    await start();
    await press('{End}', 'bank');
    onReveal.mockClear();
    await userEvent.keyboard('{ArrowRight}');
    expect(focused()).toBe('bank');
    expect(onReveal).not.toHaveBeenCalled();
  });

  it('chooses with Enter, lets go with Escape', async () => {
    await start();
    const selected = screen.getByRole('status', { name: 'Selected' });
    await userEvent.keyboard('{Enter}');
    expect(selected).toHaveTextContent(payment.id);
    await userEvent.keyboard('{Escape}');
    expect(selected).toHaveTextContent('nothing');
    expect(focused()).toBe('payment');
  });

  it('moves a mark with Shift and an arrow', async () => {
    await start();
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    const [id, place] = onMove.mock.calls[0];
    expect(id).toBe(payment.id);
    expect(place.x).toBe(200);
    expect(place.y).toBeGreaterThan(-60);
    expect(focused()).toBe('payment');
  });
});
