import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { edge, graphOf, node } from '../__testUtils__/graph';
import { giveCanvas } from '../__testUtils__/giveCanvas';
import type { Levels } from './levels';
import { MeshCanvas } from './MeshCanvas';

const order = node('wealth/order', 'healthy');
const payment = node('wealth/payment', 'failing');
const scoring = node('loan/scoring', 'degraded');
const graph = graphOf(
  [order, payment, scoring],
  [edge(order, payment), edge(payment, scoring)],
);
const CLOSED: Levels = { depth: 'namespace', except: [] };

let run = 0;

function Harness(props: {
  graph?: MeshGraph;
  levels?: Levels;
  selected?: string;
  onPick?: (id: string | undefined) => void;
}) {
  const [selected, setSelected] = useState(props.selected);
  const [levels, setLevels] = useState<Levels | undefined>(props.levels);
  return (
    <>
      <MeshCanvas
        graph={props.graph ?? graph}
        selected={selected}
        onSelect={id => {
          setSelected(id);
          props.onPick?.(id);
        }}
        edgeLabel="rate"
        showTraffic
        levels={levels}
        onLevelsChange={setLevels}
        layoutKey={`test ${run}`}
      />
      <output aria-label="Selected">{selected ?? 'nothing'}</output>
    </>
  );
}

function prefer(isReduced: boolean) {
  window.matchMedia = (query: string) =>
    ({
      matches: isReduced && query.includes('reduced-motion'),
      media: query,
      addListener: () => undefined,
      removeListener: () => undefined,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    } as unknown as MediaQueryList);
}

describe('MeshCanvas', () => {
  const { matchMedia } = window;
  let texts: () => unknown[];

  beforeEach(() => {
    run += 1;
    texts = giveCanvas().texts;
    // Nobody draws for a page that is not seen.
    jest.spyOn(document, 'hidden', 'get').mockReturnValue(false);
    prefer(false);
  });

  afterEach(() => {
    window.matchMedia = matchMedia;
    jest.restoreAllMocks();
  });

  /** The one part of the picture that the Tab key leads to. */
  const stop = async () => {
    await waitFor(() =>
      expect(
        document.querySelector('[data-canvas-part] button'),
      ).not.toBeNull(),
    );
    const stops = [
      ...document.querySelectorAll<HTMLElement>(
        '[data-canvas-part] button[tabindex="0"]',
      ),
    ];
    expect(stops).toHaveLength(1);
    return stops[0];
  };
  const focusStop = async () => {
    const element = await stop();
    act(() => element.focus());
  };
  const focused = () => document.activeElement?.getAttribute('aria-label');
  const said = () =>
    screen.getAllByRole('status').map(element => element.textContent);

  it('opens a closed box by keyboard, says so, and goes on inside it', async () => {
    renderInTestApp(<Harness levels={CLOSED} />);
    await focusStop();
    expect(focused()).toMatch(/^wealth/);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(focused()).toMatch(/^payment/));
    expect(said().join()).toMatch(/wealth/);
    expect(document.querySelector('[data-marks]')).toHaveAttribute(
      'data-marks',
      '3',
    );
  });

  it('closes the box around a mark by keyboard, and stays on the box', async () => {
    renderInTestApp(<Harness levels={{ depth: 'workload', except: [] }} />);
    await focusStop();
    expect(focused()).toMatch(/^payment/);
    await userEvent.keyboard('-');
    await waitFor(() => expect(focused()).toMatch(/^wealth/));
    expect(document.querySelector('[data-marks]')).toHaveAttribute(
      'data-marks',
      '2',
    );
  });

  it('opens the way to what is selected elsewhere', async () => {
    renderInTestApp(<Harness levels={CLOSED} selected={order.id} />);
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: /^order/, pressed: true }),
      ).toBeInTheDocument(),
    );
  });

  it('comes close enough to read what is selected elsewhere', async () => {
    const others = Array.from({ length: 400 }, (_, index) =>
      node(`wealth/other-${index}`, 'healthy'),
    );
    const large = graphOf([order, payment, scoring, ...others]);
    renderInTestApp(
      <Harness
        graph={large}
        levels={{ depth: 'workload', except: [] }}
        selected={order.id}
      />,
    );
    await stop();
    // A selected mark has its name at any scale; others only where it can be read.
    await waitFor(() => expect(texts().join()).toMatch(/other-\d/));
  });

  it('selects a mark by its button, and lets go with Escape', async () => {
    renderInTestApp(<Harness levels={{ depth: 'workload', except: [] }} />);
    fireEvent.click(await stop());
    const selected = screen.getByRole('status', { name: 'Selected' });
    expect(selected).toHaveTextContent(payment.id);
    await focusStop();
    await userEvent.keyboard('{Escape}');
    expect(selected).toHaveTextContent('nothing');
  });

  it('says in its name what the picture shows', async () => {
    renderInTestApp(<Harness levels={CLOSED} />);
    await stop();
    const picture = screen.getByRole('img', { name: /3/ });
    expect(picture.getAttribute('aria-label')).toMatch(
      /1 .*failing|failing.*1/,
    );
  });

  it.each([
    [false, true],
    [true, false],
  ])(
    'with reduced motion %s asks for frames without end: %s',
    async (isReduced, isEndless) => {
      prefer(isReduced);
      renderInTestApp(<Harness levels={{ depth: 'workload', except: [] }} />);
      await stop();
      // What was asked for by the scene itself is done by then.
      await act(() => new Promise(resolve => setTimeout(resolve, 600)));
      const frames = jest.spyOn(window, 'requestAnimationFrame');
      await act(() => new Promise(resolve => setTimeout(resolve, 200)));
      expect(frames.mock.calls.length > 0).toBe(isEndless);
    },
  );
});
