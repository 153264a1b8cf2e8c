import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { ScopeResponse } from '@orrery/backstage-plugin-orrery-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { useLocation, useNavigate } from 'react-router-dom';
import { refuse } from '../../__testUtils__/refuse';
import { OrreryClient, orreryApiRef } from '../../api';
import { useViewState } from '../../hooks';
import { ScopeBar } from './ScopeBar';

const SCOPE: ScopeResponse = {
  clusters: [
    {
      name: 'kepler',
      title: 'Kepler (Beijing)',
      prometheus: true,
      namespaces: [
        { name: 'default', dataPlane: 'none' },
        { name: 'wealth', dataPlane: 'sidecar' },
      ],
    },
    {
      name: 'tycho',
      title: 'Tycho',
      prometheus: false,
      namespaces: [{ name: 'orbits', dataPlane: 'ambient' }],
    },
  ],
  readOnly: false,
  sources: [],
  warnings: [],
};

/** What a page sees of the URL, and ways to change it. */
function Page() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const [view, changeView] = useViewState();
  return (
    <>
      <output aria-label="URL">{search}</output>
      <output aria-label="View">{JSON.stringify(view)}</output>
      <button type="button" onClick={() => changeView({ selected: 'a/b' })}>
        Select
      </button>
      <button type="button" onClick={() => navigate(-1)}>
        Back
      </button>
    </>
  );
}

describe('ScopeBar', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  function open(url: string, answer: () => Response) {
    server.use(http.get('http://example.com/api/orrery/scope', answer));
    renderInTestApp(
      <ScopeBar>
        <Page />
      </ScopeBar>,
      {
        initialRouteEntries: [url],
        apis: [
          [
            orreryApiRef,
            new OrreryClient({
              discoveryApi: mockApis.discovery(),
              fetchApi: { fetch: (...request) => fetch(...request) },
            }),
          ],
        ],
      },
    );
  }

  const url = () => screen.findByRole('status', { name: 'URL' });
  const choose = async (list: RegExp, option: string) => {
    await userEvent.click(await screen.findByRole('button', { name: list }));
    await userEvent.click(await screen.findByRole('option', { name: option }));
  };
  const whole = () => HttpResponse.json(SCOPE);

  it('writes what is chosen to the URL and leaves the rest of it alone', async () => {
    open('/?graphType=app', whole);
    await choose(/Window/, 'Last 1h');
    expect(await url()).toHaveTextContent('?graphType=app&from=now-1h');
    await choose(/Namespaces/, 'wealth');
    await userEvent.keyboard('{Escape}');
    expect(await url()).toHaveTextContent('namespaces=wealth');
    await choose(/Cluster/, 'Tycho');
    expect(await url()).toHaveTextContent(
      '?graphType=app&from=now-1h&cluster=tycho',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Select' }));
    expect(await url()).toHaveTextContent('selected=a%2Fb');
    // A selection is no step to go back to, a change of scope is one.
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(await url()).toHaveTextContent('namespaces=wealth');
    expect(await url()).not.toHaveTextContent('selected');
  });

  it('shows what the URL says, even what no list has', async () => {
    open('/?cluster=kepler&namespaces=moon,wealth&from=now-7m&to=now', whole);
    expect(
      await screen.findByRole('button', { name: /Kepler \(Beijing\)/ }),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /Last 7m/ })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /Namespaces/ }));
    expect(
      await screen.findByRole('option', { name: 'moon', selected: true }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('option', { name: 'default', selected: false }),
    ).toBeInTheDocument();
  });

  it('offers all clusters with all their namespaces, which is the default', async () => {
    open('/?cluster=tycho&namespaces=orbits', whole);
    await choose(/Tycho/, 'All clusters');
    expect(await url()).toBeEmptyDOMElement();
    expect(
      screen.getByRole('button', { name: /All clusters/ }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /Namespaces/ }));
    expect(
      (await screen.findAllByRole('option')).map(option => option.textContent),
    ).toEqual(['default', 'orbits', 'wealth']);
  });

  it('names a cluster that only the URL knows, so that one can leave it', async () => {
    open('/?cluster=moon', whole);
    await choose(/moon/, 'All clusters');
    expect(await url()).toBeEmptyDOMElement();
  });

  it('names a past range, and says when clusters could not be read', async () => {
    open('/?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z', () =>
      refuse(503, 'Out to lunch'),
    );
    expect(
      await screen.findByText('Clusters could not be read: Out to lunch'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /Window/ })).toHaveTextContent(
      /2026.* to .*2026/,
    );
    expect(
      screen.queryByRole('button', { name: /Cluster/ }),
    ).not.toBeInTheDocument();
  });
});
