import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { useMeshView } from '../../hooks/useMeshView';
import { MeshToolbar } from '.';

function Page() {
  const view = useMeshView();
  const { search } = useLocation();
  return (
    <>
      <MeshToolbar view={view} />
      <output aria-label="URL">{search}</output>
      <output aria-label="Include">{view.include.join(' ')}</output>
    </>
  );
}

const open = (path: string) =>
  renderInTestApp(<Page />, { initialRouteEntries: [path] });
// An open menu hides the page from assistive technology.
const url = () => screen.findByLabelText('URL');
const option = (name: string) => screen.findByRole('option', { name });

describe('MeshToolbar', () => {
  it('keeps what is shown as well in the URL', async () => {
    open('/');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show (1)' }),
    );
    await userEvent.click(await option('Identities of both ends'));
    expect(await url()).toHaveTextContent('?include=principals');
    await userEvent.click(await option('Services as nodes'));
    expect(
      await screen.findByText('serviceNodes principals'),
    ).toBeInTheDocument();
    await userEvent.click(await option('Moving traffic'));
    expect(await url()).toHaveTextContent('traffic=off');
    await userEvent.click(await option('Identities of both ends'));
    await userEvent.click(await option('Services as nodes'));
    expect(await url()).toHaveTextContent(/^\?traffic=off$/);
  });

  it('leaves out what the URL should not ask for', async () => {
    open('/?include=everything,waypoints');
    expect(
      await screen.findByRole('status', { name: 'Include' }),
    ).toHaveTextContent(/^waypoints$/);
  });

  it('has more kinds of labels, and only where there is a picture', async () => {
    open('/?labels=share');
    await userEvent.click(
      await screen.findByRole('button', { name: /Edge labels/ }),
    );
    expect(
      await screen.findByRole('option', { name: 'Share of calls' }),
    ).toHaveAttribute('aria-selected', 'true');
    await userEvent.click(await option('mTLS'));
    expect(await url()).toHaveTextContent('?labels=mutualTls');
    await userEvent.click(screen.getByRole('button', { name: /View/ }));
    await userEvent.click(await option('Control plane'));
    expect(await url()).toHaveTextContent('view=control-plane');
    expect(screen.queryByRole('button', { name: /Edge labels/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Show/ })).toBeNull();
  });
});
