import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import { linkWithViewState } from '@orrery/backstage-plugin-orrery-common';
import { useViewState } from '@orrery/backstage-plugin-orrery-react';
import { RiMenuLine, RiSearchLine } from '@remixicon/react';
import { SidebarLogo } from './SidebarLogo';

/** Pages that share cluster, namespaces, time and selection. */
const PAGES_WITH_SCOPE = new Set([
  '/mesh',
  '/delivery',
  '/logs',
  '/traces',
  '/config',
]);

export function AppSidebar({ navItems }: NavContentComponentProps) {
  const [view] = useViewState();
  const nav = navItems.withComponent(item => (
    <SidebarItem
      icon={() => item.icon}
      to={
        PAGES_WITH_SCOPE.has(item.href)
          ? linkWithViewState(item.href, view)
          : item.href
      }
      text={item.title}
    />
  ));
  // These two have components of their own below.
  nav.take('page:search');
  nav.take('page:notifications');

  return (
    <Sidebar>
      <SidebarLogo />
      <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        {nav.take('page:orrery')}
        {nav.take('page:catalog')}
        {nav.take('page:scaffolder')}
        <SidebarDivider />
        {nav.take('page:mesh')}
        <SidebarScrollWrapper>
          {nav.rest({ sortBy: 'title' })}
        </SidebarScrollWrapper>
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarDivider />
      <SidebarGroup
        label="Settings"
        icon={<UserSettingsSignInAvatar />}
        to="/settings"
      >
        {nav.take('page:user-settings')}
      </SidebarGroup>
    </Sidebar>
  );
}
