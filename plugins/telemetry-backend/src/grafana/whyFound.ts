import { matchesSelector } from '@orrery/backstage-plugin-telemetry-common';
import type { FoundDashboard, GrafanaSource } from './GrafanaSource';

/** The community's annotation for dashboards of an entity. */
export const SELECTOR = 'grafana/dashboard-selector';

/** What is meant for the service comes first, then what the configuration names first. */
export function closeness(
  { tags }: FoundDashboard,
  { config }: GrafanaSource,
  app: string,
): number {
  if (tags.includes(app)) {
    return -1;
  }
  const at = config.tags.findIndex(tag => tags.includes(tag));
  return at < 0 ? config.tags.length : at;
}

/** Why a dashboard is shown with a service; undefined when it is not. */
export function whyFound(
  dashboard: FoundDashboard,
  by: { source: GrafanaSource; selector: string | undefined; app: string },
): string | undefined {
  const { tags, folder } = by.source.config;
  const { title, folderTitle } = dashboard;
  const subject = { title, tags: dashboard.tags, folder: folderTitle };
  if (by.selector && matchesSelector(subject, by.selector)) {
    return `annotation ${SELECTOR}: ${by.selector}`;
  }
  if (dashboard.tags.includes(by.app)) {
    return `tag ${by.app}`;
  }
  const tag = tags.find(known => dashboard.tags.includes(known));
  if (tag) {
    return `tag ${tag}`;
  }
  return folder && folder === folderTitle ? `folder ${folder}` : undefined;
}
