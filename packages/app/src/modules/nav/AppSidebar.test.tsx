import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { AppSidebar } from './AppSidebar';

jest.mock('@backstage/plugin-search', () => ({
  SidebarSearchModal: () => null,
}));
jest.mock('@backstage/plugin-notifications', () => ({
  NotificationsSidebarItem: () => null,
}));
jest.mock('@backstage/plugin-user-settings', () => ({
  UserSettingsSignInAvatar: () => null,
}));

const ITEMS = [
  { id: 'page:mesh', title: 'Mesh', href: '/mesh', icon: <i /> },
  { id: 'page:logs', title: 'Logs', href: '/logs', icon: <i /> },
  { id: 'page:catalog', title: 'Catalog', href: '/catalog', icon: <i /> },
];

function navItems() {
  const left = new Map(ITEMS.map(item => [item.id, item]));
  return {
    withComponent: (Item: ComponentType<(typeof ITEMS)[number]>) => {
      const draw = (item: (typeof ITEMS)[number] | undefined) =>
        item ? <Item key={item.id} {...item} /> : null;
      return {
        take: (id: string) => {
          const item = left.get(id);
          left.delete(id);
          return draw(item);
        },
        rest: () => [...left.values()].map(draw),
      };
    },
  } as unknown as NavContentComponentProps['navItems'];
}

describe('AppSidebar', () => {
  it('carries scope and time to pages that share them, and to no others', async () => {
    await renderInTestApp(<AppSidebar items={[]} navItems={navItems()} />, {
      initialRouteEntries: [
        '/mesh?cluster=kepler&namespaces=wealth&from=now-1h&layout=x',
      ],
    });
    const hrefOf = (name: string) =>
      screen.getByRole('link', { name }).getAttribute('href');
    expect(hrefOf('Logs')).toBe(
      '/logs?cluster=kepler&namespaces=wealth&from=now-1h',
    );
    expect(hrefOf('Catalog')).toBe('/catalog');
  });
});
