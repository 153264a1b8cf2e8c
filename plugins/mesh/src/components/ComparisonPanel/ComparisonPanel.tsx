import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  type Comparison,
  type MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import { useFormat, type Format } from '@orrery/backstage-plugin-orrery-react';
import { useMemo, useState } from 'react';
import { COMPARISON_GLYPHS } from '../../canvas';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import styles from './ComparisonPanel.module.css';

/** What is drawn beside a name, besides its words: what the picture draws. */
const GLYPHS: Record<ChangeKind, string> = {
  ...COMPARISON_GLYPHS,
  'less-traffic': '↓',
  'more-traffic': '↑',
};

/** A panel cannot show more; the filter finds the others. */
const MOST_ROWS = 200;

/** Names by id, for as many rows as there are. */
function titlesOf(graph: MeshGraph): (change: Change) => string {
  const nodes = new Map(graph.nodes.map(node => [node.id, nodeText(node)]));
  const edges = new Map(graph.edges.map(edge => [edge.id, edge]));
  const nameOf = (id: string) => nodes.get(id) ?? id;
  return change => {
    const edge = change.element === 'edge' ? edges.get(change.id) : undefined;
    return edge
      ? `${nameOf(edge.source)} → ${nameOf(edge.target)}`
      : nameOf(change.id);
  };
}

function figure(
  format: Format,
  unit: Change['unit'],
  value: number | undefined,
): string {
  switch (unit) {
    case 'share':
      return format.percent(value);
    case 'milliseconds':
      return format.milliseconds(value);
    default:
      return format.rate(value);
  }
}

/** What differs between two moments, the worst news first. */
export function ComparisonPanel(props: {
  comparison: Comparison;
  before: string;
  after: string;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}) {
  const { comparison, before, after, selected, onSelect } = props;
  const { changes, graph } = comparison;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const [kind, setKind] = useState<ChangeKind>();
  const titleOf = useMemo(() => titlesOf(graph), [graph]);
  const counts = useMemo(() => {
    const sums = new Map<ChangeKind, number>();
    for (const change of changes) {
      sums.set(change.kind, (sums.get(change.kind) ?? 0) + 1);
    }
    return sums;
  }, [changes]);
  const wanted = changes.filter(
    change => kind === undefined || change.kind === kind,
  );
  return (
    <aside className={styles.panel} aria-label={t('compare.title')}>
      <Text as="h2" variant="title-x-small">
        {t('compare.title')}
      </Text>
      <p className={styles.moments}>
        {format.instant(before)} → {format.instant(after)}
      </p>
      {changes.length === 0 && <Text as="p">{t('compare.nothing')}</Text>}
      <div className={styles.chips}>
        {CHANGE_KINDS.filter(name => counts.has(name)).map(name => (
          <button
            key={name}
            type="button"
            className={styles.chip}
            data-kind={name}
            aria-pressed={kind === name}
            onClick={() => setKind(kind === name ? undefined : name)}
          >
            <span aria-hidden="true">{GLYPHS[name]}</span>{' '}
            {t(`compare.${name}`)} {counts.get(name)}
          </button>
        ))}
      </div>
      <ul className={styles.list}>
        {wanted.slice(0, MOST_ROWS).map(change => (
          <li key={`${change.kind} ${change.id}`}>
            <button
              type="button"
              className={styles.row}
              data-kind={change.kind}
              aria-current={change.id === selected || undefined}
              onClick={() => onSelect(change.id)}
            >
              <span className={styles.glyph} aria-hidden="true">
                {GLYPHS[change.kind]}
              </span>
              <span className={styles.name}>{titleOf(change)}</span>
              <span className={styles.figures}>
                {t(`compare.${change.kind}`)}{' '}
                {change.before !== undefined &&
                  figure(format, change.unit, change.before)}
                {change.before !== undefined &&
                  change.after !== undefined &&
                  ' → '}
                {change.after !== undefined &&
                  figure(format, change.unit, change.after)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {wanted.length > MOST_ROWS && (
        <Text as="p">
          {t('compare.more', { number: String(wanted.length - MOST_ROWS) })}
        </Text>
      )}
    </aside>
  );
}
