import { renderInTestApp } from '@backstage/frontend-test-utils';
import { graphDocumentSchema } from '@orrery/backstage-plugin-mesh-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { edge, graphOf, node } from '../../__testUtils__/graph';
import type { PictureSource } from '../../canvas';
import { ExportMenu } from './ExportMenu';

const order = node('wealth/order', 'healthy');
const payment = node('wealth/payment', 'failing');
const graph = graphOf([order, payment], [edge(order, payment)]);

/** Files that were given to the reader: jsdom downloads nothing. */
function catchFiles(): { name: string; content: Blob }[] {
  const files: { name: string; content: Blob }[] = [];
  let content = new Blob();
  URL.createObjectURL = jest.fn(given => {
    content = given instanceof Blob ? given : content;
    return 'blob:test';
  });
  URL.revokeObjectURL = jest.fn();
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      files.push({ name: this.download, content });
    });
  return files;
}

function open(options: { hasPicture?: boolean; picture?: PictureSource } = {}) {
  const user = userEvent.setup();
  renderInTestApp(
    <ExportMenu
      graph={graph}
      request={{
        namespaces: ['wealth'],
        graphType: 'workload',
        duration: '60s',
      }}
      narrowing={{ find: 'payment', hide: '' }}
      pictureRef={{ current: options.picture }}
      hasPicture={options.hasPicture ?? false}
    />,
  );
  return {
    user,
    choose: async (name: RegExp) => {
      await user.click(await screen.findByRole('button', { name: 'Export' }));
      await user.click(await screen.findByRole('menuitem', { name }));
    },
  };
}

describe('ExportMenu', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('saves the graph with what was asked for', async () => {
    const files = catchFiles();
    const { choose } = open();
    await choose(/JSON/);
    expect(
      await screen.findByText('mesh-kepler-20260101T000000Z.json saved.'),
    ).toBeVisible();
    expect(files.map(({ name }) => name)).toEqual([
      'mesh-kepler-20260101T000000Z.json',
    ]);
    const { asked, graph: saved } = graphDocumentSchema.parse(
      JSON.parse(await files[0].content.text()),
    );
    expect(asked).toMatchObject({
      namespaces: ['wealth'],
      duration: '60s',
      find: 'payment',
    });
    expect(asked.hide).toBeUndefined();
    expect(saved).toEqual(graph);
  });

  it('copies a diagram, from the graph where there is no picture', async () => {
    const { choose } = open();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await choose(/^Copy diagram/);
    expect(await screen.findByText('Diagram copied.')).toBeVisible();
    const [text] = write.mock.calls[0];
    expect(text).toMatch(/^---\ntitle: "Mesh of kepler"\n---\nflowchart LR\n/);
    expect(text).toContain('(["#10005; payment"]):::failing');
  });

  it('says why nothing was copied', async () => {
    const { choose } = open();
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new Error('Write permission denied.'));
    await choose(/^Copy diagram/);
    expect(
      await screen.findByText('Not exported: Write permission denied.'),
    ).toBeVisible();
  });

  it('offers pictures only where there is one', async () => {
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    const item = await screen.findByRole('menuitem', {
      name: 'Picture (PNG): show the graph first',
    });
    expect(item).toHaveAttribute('aria-disabled', 'true');
  });

  it('says that a picture is not there yet', async () => {
    const files = catchFiles();
    const { choose } = open({ hasPicture: true, picture: () => undefined });
    await choose(/SVG/);
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent(
        'Not exported: there is no picture yet.',
      ),
    );
    expect(files).toEqual([]);
  });
});
