/** A variable of a dashboard, as its JSON model has it. */
export interface Variable {
  name: string;
  label: string;
  type: 'query' | 'custom' | 'datasource';
  query: string;
  includeAll?: boolean;
  multi?: boolean;
  allValue?: string;
  current: { text: string; value: string };
}

/** One query of a panel. */
export interface PanelTarget {
  refId: string;
  expr: string;
  legendFormat?: string;
}

/** A panel, or a row with panels in it. */
export interface Panel {
  id: number;
  title: string;
  type: 'timeseries' | 'stat' | 'row' | 'text';
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  datasource?: { type: 'prometheus'; uid: string };
  targets?: PanelTarget[];
  fieldConfig?: { defaults: { unit: string }; overrides: [] };
  options?: Readonly<Record<string, unknown>>;
  collapsed?: boolean;
  panels?: Panel[];
}

/** A folder of dashboards. */
export interface Folder {
  id: number;
  uid: string;
  title: string;
  /** Whether browsers are told not to show what is in it inside of other pages. */
  refusesFrames?: boolean;
}

/** A dashboard that Grafana was provisioned with. */
export interface Dashboard {
  id: number;
  uid: string;
  title: string;
  folder: Folder;
  tags: readonly string[];
  variables: readonly Variable[];
  panels: readonly Panel[];
}

/** Identifier of the one data source. */
export const DATASOURCE = { type: 'prometheus', uid: 'prometheus' } as const;

/** The last part of a dashboard's address. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A dashboard as its JSON model. */
export function modelOf(dashboard: Dashboard): Record<string, unknown> {
  const { id, uid, title, tags, variables, panels } = dashboard;
  return {
    id,
    uid,
    title,
    tags,
    annotations: { list: [] },
    editable: false,
    graphTooltip: 1,
    links: [],
    refresh: '30s',
    schemaVersion: 39,
    time: { from: 'now-1h', to: 'now' },
    timezone: '',
    version: 1,
    templating: { list: variables },
    panels,
  };
}

/** All panels of a dashboard, those in rows included. */
export function panelsOf({ panels }: Dashboard): Panel[] {
  return panels.flatMap(panel => [panel, ...(panel.panels ?? [])]);
}
