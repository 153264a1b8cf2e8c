import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { graphOf, node, SILENCE } from '../../__testUtils__/graph';
import { layOut } from '../../__testUtils__/layOut';
import { MeshOutline } from './MeshOutline';

const graph = graphOf([
  node('loan/scoring', 'idle'),
  node('wealth/order', 'healthy', {
    inbound: { ...SILENCE, requestsPerSecond: 12 },
  }),
  node('wealth/payment-v2', 'failing', {
    app: 'payment',
    version: 'v2',
    inbound: { ...SILENCE, requestsPerSecond: 2, errorShare: 0.5 },
  }),
  node('wealth/report', 'unknown', { dataPlane: 'none' }),
]);

function Harness(props: { later?: MeshGraph }) {
  const [selected, setSelected] = useState<string>();
  const [shown, setShown] = useState(graph);
  return (
    <>
      <MeshOutline graph={shown} selected={selected} onSelect={setSelected} />
      <output aria-label="Selected">{selected ?? 'nothing'}</output>
      <button
        type="button"
        onMouseDown={event => event.preventDefault()}
        onClick={() => props.later && setShown(props.later)}
      >
        Later
      </button>
    </>
  );
}

describe('MeshOutline', () => {
  beforeEach(layOut);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const list = () =>
    screen.findByRole('listbox', { name: 'Outline, worst first' });
  const focusList = async () => {
    const element = await list();
    act(() => element.focus());
  };
  const options = () =>
    screen.getAllByRole('option').map(option => option.textContent);
  const selected = () => screen.getByRole('status', { name: 'Selected' });

  async function active(): Promise<string | null | undefined> {
    const id = (await list()).getAttribute('aria-activedescendant');
    return id ? document.getElementById(id)?.textContent : undefined;
  }

  it('lists all nodes, the worst first, each with the figure that says most', async () => {
    renderInTestApp(<Harness />);
    await list();
    expect(options()).toEqual([
      expect.stringMatching(/^✕Failingpaymentv250\s%$/),
      expect.stringMatching(/^\?Unknownreportno sidecar$/),
      expect.stringMatching(/^✓Healthyorder12/),
      '○Idlescoringidle',
    ]);
    expect(
      screen
        .getAllByRole('option')
        .map(option => [
          option.getAttribute('aria-posinset'),
          option.getAttribute('aria-setsize'),
        ]),
    ).toEqual([1, 2, 3, 4].map(place => [String(place), '4']));
  });

  it('is walked, chosen from and left by keyboard alone', async () => {
    renderInTestApp(<Harness />);
    await focusList();
    expect(await active()).toContain('payment');
    await userEvent.keyboard('{ArrowUp}');
    expect(await active()).toContain('payment');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(await active()).toContain('order');
    await userEvent.keyboard('{End}');
    expect(await active()).toContain('scoring');
    expect(selected()).toHaveTextContent('nothing');
    await userEvent.keyboard('{Enter}');
    expect(selected()).toHaveTextContent('kepler/loan/Deployment/scoring');
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent(
      'scoring',
    );
    await userEvent.keyboard('{Home} ');
    expect(selected()).toHaveTextContent('kepler/wealth/Deployment/payment-v2');
    await userEvent.keyboard('{Escape}');
    expect(selected()).toHaveTextContent('nothing');
    await userEvent.click(screen.getByText('order'));
    expect(selected()).toHaveTextContent('kepler/wealth/Deployment/order');
    expect(await list()).toHaveFocus();
  });

  it('finds nodes by name, version or namespace, and says when there is none', async () => {
    renderInTestApp(<Harness />);
    const search = await screen.findByRole('searchbox', {
      name: 'Find a node',
    });
    await userEvent.type(search, 'V2');
    expect(options()).toEqual([expect.stringContaining('payment')]);
    await userEvent.clear(search);
    await userEvent.type(search, 'loan');
    expect(options()).toEqual([expect.stringContaining('scoring')]);
    await userEvent.type(search, 'x');
    expect(options()).toEqual(['No node is named like that']);
    await focusList();
    await userEvent.keyboard('{Enter}');
    expect(selected()).toHaveTextContent('nothing');
  });

  it('does not choose a node that has gone while the keyboard was on it', async () => {
    renderInTestApp(
      <Harness later={graphOf([node('wealth/order', 'healthy')])} />,
    );
    await focusList();
    expect(await active()).toContain('payment');
    await userEvent.click(screen.getByRole('button', { name: 'Later' }));
    await userEvent.keyboard('{Enter}');
    expect(selected()).toHaveTextContent('nothing');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(selected()).toHaveTextContent('kepler/wealth/Deployment/order');
  });
});
