import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Link,
  MemoryRouter,
  Route,
  Routes,
  useLocation,
  useNavigate,
} from 'react-router-dom';
import { useCarriedView, type CarriedParts } from './useCarriedView';

function Part({ parts }: { parts: CarriedParts }) {
  useCarriedView(parts);
  return null;
}

function Page(props: { parts: CarriedParts[] }) {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      {props.parts.map(parts => (
        <Part key={parts} parts={parts} />
      ))}
      <output>{`${pathname}${search}`}</output>
      <button type="button" onClick={() => navigate(-1)}>
        Back
      </button>
      {[
        '/mesh',
        '/mesh?cluster=kepler&namespaces=wealth&from=now-3h',
        '/logs',
        '/logs?level=error',
        '/logs?from=now-5m',
        '/entity',
        '/config',
        '/about',
      ].map(to => (
        <Link key={to} to={to}>
          {to}
        </Link>
      ))}
    </>
  );
}

function open(url: string) {
  render(
    <MemoryRouter initialEntries={[url]}>
      <Routes>
        <Route path="/mesh" element={<Page key="mesh" parts={['all']} />} />
        <Route
          path="/logs"
          element={<Page key="logs" parts={['all', 'range']} />}
        />
        <Route
          path="/entity"
          element={<Page key="entity" parts={['range']} />}
        />
        <Route
          path="/config"
          element={<Page key="config" parts={['cluster']} />}
        />
        <Route path="/about" element={<Page key="about" parts={[]} />} />
      </Routes>
    </MemoryRouter>,
  );
}

const go = (name: string) =>
  userEvent.click(screen.getByRole('link', { name }));
const shown = () => screen.getByRole('status').textContent;
const ALL = 'cluster=kepler&namespaces=wealth&from=now-3h';

describe('useCarriedView', () => {
  it('takes scope and time along, as far as a page has them', async () => {
    open(`/mesh?${ALL}&selected=a`);
    await go('/logs');
    expect(shown()).toBe(`/logs?${ALL}`);
    await go('/entity');
    expect(shown()).toBe('/entity?from=now-3h');
    await go('/config');
    expect(shown()).toBe('/config?cluster=kepler');
    await go('/about');
    expect(shown()).toBe('/about');
    await go('/logs?level=error');
    expect(shown()).toBe(`/logs?level=error&${ALL}`);
  });

  it('shows what a link says, and takes that along', async () => {
    open(`/mesh?${ALL}`);
    await go('/logs?from=now-5m');
    expect(shown()).toBe('/logs?from=now-5m');
    await go('/mesh');
    expect(shown()).toBe('/mesh?from=now-5m');
  });

  it('leaves out what was set back, also by going back', async () => {
    open('/mesh');
    await go('/mesh?cluster=kepler&namespaces=wealth&from=now-3h');
    await go('/mesh');
    await go('/logs');
    expect(shown()).toBe('/logs');
  });

  it('shows what was shown when one goes back', async () => {
    open('/mesh');
    await go('/logs?from=now-5m');
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(shown()).toBe('/mesh');
    await go('/entity');
    expect(shown()).toBe('/entity');
  });

  it('says nothing of its own when a page is opened by its address', () => {
    open('/logs');
    expect(shown()).toBe('/logs');
  });
});
