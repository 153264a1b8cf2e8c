import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { orreryApiRef } from '@orrery/backstage-plugin-orrery-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { FakeConfigApi, SERVICE } from '../../__testUtils__/FakeConfigApi';
import { configApiRef } from '../../api';
import { ConfigView } from './ConfigView';

const KEYS = {
  'timeouts/upstream': '2s',
  'timeouts/idle': '60s',
  'database/password': 'Plum-1',
  'features.json': '{"a": 1}',
};

/** Layout is what there is none of here. */
beforeAll(() => {
  document.createRange = () =>
    Object.assign(new Range(), {
      getClientRects: () => [],
      getBoundingClientRect: () => new DOMRect(),
    });
});

async function open(options: { key?: string; isAllowed?: boolean } = {}) {
  const { isAllowed = true, key } = options;
  const api = new FakeConfigApi(KEYS);
  const previewAction = jest.fn(
    async (..._asked: unknown[]) => new Promise(() => undefined),
  );
  const orreryApi = {
    permitted: async (_plugin: string, questions: unknown[]) =>
      questions.map(() => ({
        allowed: isAllowed,
        needsApproval: false,
        ...(!isAllowed && { reason: 'it is not yours' }),
      })),
    previewAction,
  };
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [configApiRef, api],
        [orreryApiRef, orreryApi as never],
      ]}
    >
      <ConfigView service={SERVICE} prefixes={[]} />
    </TestApiProvider>,
    {
      initialRouteEntries: [
        key === undefined ? '/' : `/?key=${encodeURIComponent(key)}`,
      ],
    },
  );
  return { api, previewAction };
}

const editorOf = async (key: string) =>
  screen.findByRole('textbox', { name: `Value of ${key}` });

/** Types into an editor; what a browser does with keys is not here. */
async function write(key: string, text: string) {
  const view = EditorView.findFromDOM(await editorOf(key));
  act(() => {
    view?.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
    });
  });
}

describe('ConfigView', () => {
  it('finds keys by words and opens them by keyboard', async () => {
    await open();
    const tree = await screen.findByRole('tree');
    expect(within(tree).getAllByRole('treeitem')).toHaveLength(6);
    await userEvent.type(screen.getByRole('searchbox'), 'time 60s');
    await waitFor(() =>
      expect(within(tree).getAllByRole('treeitem')).toHaveLength(2),
    );
    within(tree).getAllByRole('treeitem')[0].focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(
      await screen.findByRole('heading', { name: 'timeouts/idle' }),
    ).toBeVisible();
    expect(await editorOf('timeouts/idle')).toHaveTextContent('60s');
  });

  it('previews what was written, on the index that was read', async () => {
    const { previewAction } = await open({ key: 'timeouts/upstream' });
    await editorOf('timeouts/upstream');
    const review = await screen.findByRole('button', {
      name: 'Review the change',
    });
    expect(review).toBeDisabled();
    await write('timeouts/upstream', '5s');
    await userEvent.click(review);
    await waitFor(() =>
      expect(previewAction).toHaveBeenCalledWith('config-center', 'set-key', {
        service: SERVICE,
        key: 'timeouts/upstream',
        value: '5s',
        modifyIndex: 11,
      }),
    );
  });

  it('holds back what cannot be read', async () => {
    await open({ key: 'features.json' });
    await write('features.json', '{"a": }');
    expect(await screen.findByText(/^JSON: /)).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Review the change' }),
    ).toBeDisabled();
  });

  it('shows theirs beside mine, and goes on from theirs', async () => {
    const { api, previewAction } = await open({ key: 'timeouts/upstream' });
    await write('timeouts/upstream', '5s');
    act(() => api.put('timeouts/upstream', '9s'));
    expect(
      await screen.findByText(/^Somebody else has changed timeouts\/upstream/),
    ).toBeVisible();
    expect(
      screen.getByRole('textbox', { name: 'Theirs (index 15)' }),
    ).toHaveTextContent('9s');
    await userEvent.click(
      screen.getByRole('button', { name: 'Go on with mine' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Review the change' }),
    );
    await waitFor(() =>
      expect(JSON.stringify(previewAction.mock.calls)).toContain(
        '"value":"5s","modifyIndex":15',
      ),
    );
  });

  it('keeps what was written when somebody is faster than the dialog', async () => {
    const { api } = await open({ key: 'timeouts/upstream' });
    await write('timeouts/upstream', '5s');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Review the change' }),
    );
    await screen.findByRole('dialog');
    act(() => api.put('timeouts/upstream', '9s'));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(
      await screen.findByRole('textbox', { name: 'Mine' }),
    ).toHaveTextContent('5s');
  });

  it('is done with a draft that is what the key has become', async () => {
    const { api } = await open({ key: 'timeouts/upstream' });
    await write('timeouts/upstream', '5s');
    await screen.findByRole('button', { name: 'Discard' });
    act(() => api.put('timeouts/upstream', '5s'));
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: 'Discard' })).toBeNull(),
    );
    expect(await editorOf('timeouts/upstream')).toHaveTextContent('5s');
  });

  it('takes theirs, and says when they deleted the key', async () => {
    const { api } = await open({ key: 'timeouts/upstream' });
    await write('timeouts/upstream', '5s');
    act(() => api.remove('timeouts/upstream'));
    expect(
      await screen.findByText(/^Somebody else has deleted timeouts\/upstream/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Take theirs' }));
    expect(
      await screen.findByText('Somebody has deleted this key.'),
    ).toBeVisible();
  });

  it('masks secrets, reveals them, and says why it may not', async () => {
    const { api } = await open({ key: 'database/password' });
    const editor = await editorOf('database/password');
    expect(editor).toHaveTextContent('••••••••');
    expect(editor).toHaveAttribute('aria-readonly', 'true');
    api.refusal = new Error('config.secret.read is not granted');
    await userEvent.click(screen.getByRole('button', { name: 'Show secrets' }));
    expect(await screen.findByText(/is not granted/)).toBeVisible();
    api.refusal = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Show secrets' }));
    await waitFor(() => expect(editor).toHaveTextContent('Plum-1'));
    await userEvent.click(screen.getByRole('button', { name: 'Hide secrets' }));
    await waitFor(() => expect(editor).toHaveTextContent('••••••••'));
  });

  it('is read only for those who may not write, with the reason', async () => {
    await open({ key: 'timeouts/upstream', isAllowed: false });
    expect(await screen.findByText('Read only: it is not yours')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Review|Delete/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'New key' })).toBeNull();
  });

  it('begins new keys with a name that is free', async () => {
    const { previewAction } = await open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'New key' }),
    );
    const name = screen.getByRole('textbox', { name: /Name of the new key/ });
    await userEvent.type(name, 'features.json');
    expect(screen.getByText('There is such a key already.')).toBeVisible();
    await userEvent.clear(name);
    await userEvent.type(name, 'limits/burst');
    await userEvent.click(
      screen.getByRole('button', { name: 'Write its value' }),
    );
    await write('limits/burst', '7');
    await userEvent.click(
      screen.getByRole('button', { name: 'Review the change' }),
    );
    await waitFor(() =>
      expect(JSON.stringify(previewAction.mock.calls)).toContain(
        '"key":"limits/burst","value":"7","modifyIndex":0',
      ),
    );
  });

  it('renames a key, goes with it, and offers to rename it back', async () => {
    const { api, previewAction } = await open({ key: 'timeouts/upstream' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Rename timeouts/upstream' }),
    );
    const name = await screen.findByRole('textbox', { name: /New name/ });
    await userEvent.clear(name);
    await userEvent.type(name, 'timeouts/idle');
    expect(screen.getByText('There is such a key already.')).toBeVisible();
    expect(previewAction).not.toHaveBeenCalled();
    await userEvent.clear(name);
    await userEvent.type(name, 'timeouts/bank');
    await waitFor(() =>
      expect(previewAction).toHaveBeenLastCalledWith(
        'config-center',
        'move-key',
        {
          service: SERVICE,
          key: 'timeouts/upstream',
          to: 'timeouts/bank',
          modifyIndex: 11,
        },
      ),
    );
    act(() => {
      api.put('timeouts/bank', '2s');
      api.remove('timeouts/upstream');
    });
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(
      await screen.findByRole('heading', { name: 'timeouts/bank' }),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Rename it back to timeouts/upstream',
      }),
    );
    await waitFor(() =>
      expect(previewAction).toHaveBeenLastCalledWith(
        'config-center',
        'move-key',
        expect.objectContaining({
          key: 'timeouts/bank',
          to: 'timeouts/upstream',
        }),
      ),
    );
  });

  it('shows the history of a ConfigMap, and restores from it', async () => {
    const ref = 'kepler/wealth/ConfigMap/payment';
    const { api, previewAction } = await open();
    api.maps.push({
      ref,
      name: 'payment',
      isImmutable: false,
      resourceVersion: '7',
      entries: [],
      usedBy: [],
    });
    const change = {
      key: 'mode',
      at: '2026-11-26T10:00:00Z',
      change: 'set' as const,
      isMasked: false,
    };
    api.changes.push(
      {
        ...change,
        id: 'c2',
        by: 'outside',
        manager: 'helm',
        modifyIndex: 2,
        before: 'slow',
        after: 'fast',
      },
      {
        ...change,
        id: 'c1',
        by: 'orrery',
        actor: 'user:default/lin',
        reason: 'Because',
        modifyIndex: 1,
        after: 'slow',
      },
    );
    await userEvent.click(
      await screen.findByRole('radio', { name: 'ConfigMaps' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'History of payment' }),
    );
    expect(await screen.findByText('outside Orrery, with helm')).toBeVisible();
    const [restore] = screen.getAllByRole('button', { name: /^Restore mode/ });
    await userEvent.click(restore);
    await waitFor(() =>
      expect(previewAction).toHaveBeenCalledWith(
        'config-center',
        'restore-config-map-key',
        { configMap: ref, key: 'mode', change: 'c1' },
      ),
    );
  });

  it('makes the token of the service, and names no more than its Secret', async () => {
    const { api, previewAction } = await open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Make a token' }),
    );
    await waitFor(() =>
      expect(previewAction).toHaveBeenCalledWith(
        'config-center',
        'create-token',
        { service: SERVICE },
      ),
    );
    api.tokenState = {
      state: 'present',
      secret: 'payment-consul',
      accessor: 'a1',
    };
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(
      await screen.findByText('Token in the Secret payment-consul'),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Delete the token' }),
    ).toBeVisible();
  });

  it('says that Consul is away and keeps what it knows', async () => {
    const { api } = await open();
    await screen.findByRole('tree');
    act(() => api.fail(new Error('Consul refused: No cluster leader')));
    expect(
      await screen.findByText(/Consul has no answer: Consul refused/),
    ).toBeVisible();
    expect(screen.getByRole('tree')).toBeVisible();
  });
});
