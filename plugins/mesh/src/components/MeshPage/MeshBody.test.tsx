import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import { layOut } from '../../__testUtils__/layOut';
import { useFind } from '../../hooks/useFind';
import type { MeshView } from '../../hooks/useMeshView';
import type { Selection } from '../../model/selection';
import { MeshBody } from './MeshBody';

// It has tests of its own; here it matters what it is given.
jest.mock('../SelectionPanel', () => ({
  SelectionPanel: ({ selection }: { selection: Selection }) => (
    <output aria-label="Selection">
      {selection.type === 'node'
        ? selection.outbound.map(({ target }) => target).join(' ')
        : selection.type}
    </output>
  ),
}));
// It draws on a canvas, which jsdom has none of.
jest.mock('../TrafficChart', () => ({ TrafficChart: () => null }));

const order = node('wealth/order', 'healthy');
const payment = node('wealth/payment', 'failing');
const graph = graphOf([order, payment], [edge(order, payment)]);

const VIEW: MeshView = {
  graphType: 'workload',
  edgeLabel: 'rate',
  display: 'table',
  showTraffic: false,
  include: [],
  setGraphType: () => undefined,
  setEdgeLabel: () => undefined,
  setDisplay: () => undefined,
  setShowTraffic: () => undefined,
  setInclude: () => undefined,
};

function Harness(props: { selected?: string }) {
  const find = useFind(graph);
  return (
    <MeshBody
      graph={find.shown ?? graph}
      find={find}
      request={{ namespaces: [], graphType: 'workload', duration: '60s' }}
      view={VIEW}
      selected={props.selected}
      onSelect={() => undefined}
    />
  );
}

describe('MeshBody', () => {
  beforeEach(layOut);

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const open = (path: string, selected?: string) =>
    renderInTestApp(<Harness selected={selected} />, {
      initialRouteEntries: [path],
    });
  const names = () =>
    screen.getAllByRole('option').map(option => option.textContent);

  it('marks what is found in outline and table', async () => {
    open('/?find=payment+or+to(payment)');
    expect(
      within(await screen.findByRole('option', { name: /payment/ })).getByRole(
        'img',
        { name: 'found' },
      ),
    ).toBeVisible();
    expect(
      within(screen.getByRole('option', { name: /order/ })).queryByRole('img', {
        name: 'found',
      }),
    ).toBeNull();
    expect(
      within(await screen.findByRole('table', { name: 'Edges' })).getAllByRole(
        'img',
        { name: 'found' },
      ),
    ).toHaveLength(1);
  });

  it('leaves out what is hidden', async () => {
    open('/?hide=payment');
    await screen.findByRole('option', { name: /order/ });
    expect(names()).toHaveLength(1);
    expect(await screen.findByText('Edges (0)')).toBeVisible();
  });

  it('tells of what is selected all that there is, hidden or not', async () => {
    open('/?hide=payment', order.id);
    expect(
      await screen.findByRole('status', { name: 'Selection' }),
    ).toHaveTextContent(payment.id);
  });

  it('says that all is hidden, which is not that there is nothing', async () => {
    open('/?hide=nodes');
    expect(await screen.findByText('Everything is hidden')).toBeVisible();
    expect(screen.queryByText('Nothing to show here')).toBeNull();
  });
});
