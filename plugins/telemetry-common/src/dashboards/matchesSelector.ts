/** What a selector looks at. @public */
export type SelectedDashboard = {
  title: string;
  tags: readonly string[];
  folder?: string;
};

const TERM = /^(tags|title|folderTitle)\s*(@>|==|!=)\s*(['"])(.*)\3$/;

function matchesTerm(dashboard: SelectedDashboard, text: string): boolean {
  const term = text
    .trim()
    .replace(/^\(+|\)+$/g, '')
    .trim();
  const match = TERM.exec(term);
  if (!match) {
    return dashboard.tags.includes(term);
  }
  const [, field, operator, , value] = match;
  if (field === 'tags') {
    return dashboard.tags.includes(value) !== (operator === '!=');
  }
  const own = field === 'title' ? dashboard.title : dashboard.folder;
  return (own === value) !== (operator === '!=');
}

/**
 * Whether a dashboard is meant by the annotation
 * `grafana/dashboard-selector`: a tag, or terms such as `tags @> 'shop'`
 * joined by `&&` and `||`, of which the first binds tighter.
 *
 * @public
 */
export function matchesSelector(
  dashboard: SelectedDashboard,
  selector: string,
): boolean {
  return selector
    .split('||')
    .some(part => part.split('&&').every(term => matchesTerm(dashboard, term)));
}
