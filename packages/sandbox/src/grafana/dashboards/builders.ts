import { DATASOURCE, type Panel, type Variable } from '../model';

/** A chart over time of one or more queries; the legend follows the colon-free part of a query. */
export function chart(
  title: string,
  unit: string,
  queries: readonly (readonly [expr: string, legend: string])[],
  description?: string,
): Omit<Panel, 'id' | 'gridPos'> {
  return {
    title,
    type: 'timeseries',
    ...(description === undefined ? {} : { description }),
    datasource: DATASOURCE,
    targets: queries.map(([expr, legendFormat], index) => ({
      refId: String.fromCharCode(65 + index),
      expr,
      legendFormat,
    })),
    fieldConfig: { defaults: { unit }, overrides: [] },
  };
}

/** One number, the last of a query. */
export function stat(
  title: string,
  unit: string,
  expr: string,
): Omit<Panel, 'id' | 'gridPos'> {
  return { ...chart(title, unit, [[expr, title]]), type: 'stat' };
}

/** Puts panels beside each other, two in a row. */
export function layOut(
  panels: readonly Omit<Panel, 'id' | 'gridPos'>[],
  firstId = 1,
  top = 0,
): Panel[] {
  return panels.map((panel, index) => ({
    ...panel,
    id: firstId + index,
    gridPos: {
      x: (index % 2) * 12,
      y: top + Math.floor(index / 2) * 8,
      w: 12,
      h: 8,
    },
  }));
}

/** A row that is folded up, with panels in it. */
export function row(
  id: number,
  title: string,
  top: number,
  panels: readonly Omit<Panel, 'id' | 'gridPos'>[],
): Panel {
  return {
    id,
    title,
    type: 'row',
    collapsed: true,
    gridPos: { x: 0, y: top, w: 24, h: 1 },
    panels: layOut(panels, id + 1, top + 1),
  };
}

/** A variable whose values come from a query. */
export function queried(
  name: string,
  label: string,
  query: string,
  value: string,
): Variable {
  return {
    name,
    label,
    type: 'query',
    query,
    includeAll: true,
    multi: true,
    allValue: '.*',
    current: { text: value === '$__all' ? 'All' : value, value },
  };
}
