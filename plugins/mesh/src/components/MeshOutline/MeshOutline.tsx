import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField } from '@backstage/ui';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { outlineOf } from '../../model/outline';
import { meshTranslationRef } from '../../translation';
import styles from './MeshOutline.module.css';
import { moveActive, rowsOf } from './outlineRows';
import { GroupRow, NodeRow } from './OutlineRow';
import { useWindow } from './useWindow';

const ROW_HEIGHT = 28;

/** @public */
export type MeshOutlineProps = {
  graph: MeshGraph;
  /** Id of the selected node or edge. */
  selected?: string;
  onSelect: (id: string | undefined) => void;
  /** Ids of nodes that an expression finds; they are marked. */
  found?: ReadonlySet<string>;
};

/**
 * All nodes by namespace, the worst first: the way through the graph for
 * those who do not use a pointer or cannot see the picture.
 */
export function MeshOutline(props: MeshOutlineProps) {
  const { graph, selected, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const [search, setSearch] = useState('');
  const [active, setActive] = useState<string>();
  const scrollRef = useRef<HTMLDivElement>(null);
  const listId = useId();

  const rows = useMemo(() => rowsOf(outlineOf(graph, search)), [graph, search]);
  const activeIndex = rows.findIndex(row => row.key === active);
  const inView = useWindow(scrollRef, rows.length, ROW_HEIGHT);

  useEffect(() => {
    if (selected !== undefined && !selected.includes('>')) {
      setActive(selected);
    }
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveActive(rows, activeIndex, event.key);
    if (next !== undefined) {
      event.preventDefault();
      setActive(rows[next].key);
      inView.show(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      // What is active may have left the graph, or been filtered out, meanwhile.
      if (activeIndex >= 0) {
        onSelect(rows[activeIndex].key);
      }
    } else if (event.key === 'Escape') {
      onSelect(undefined);
    }
  };
  const onClick = (event: MouseEvent) => {
    const option =
      event.target instanceof Element &&
      event.target.closest<HTMLElement>('[data-index]');
    if (option) {
      onSelect(rows[Number(option.dataset.index)].key);
    }
  };
  const onFocus = () => {
    if (activeIndex < 0) {
      setActive(rows.find(row => row.type === 'node')?.key);
    }
  };

  return (
    <section className={styles.outline} aria-label={t('outline.title')}>
      <h2 className={styles.title}>{t('outline.title')}</h2>
      <div className={styles.search}>
        <SearchField
          size="small"
          aria-label={t('outline.search')}
          placeholder={t('outline.search')}
          value={search}
          onChange={setSearch}
        />
      </div>
      <div
        ref={scrollRef}
        className={styles.scroll}
        role="listbox"
        tabIndex={0}
        aria-label={t('outline.title')}
        aria-activedescendant={
          activeIndex >= 0 ? `${listId}-${activeIndex}` : undefined
        }
        onClick={onClick}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        {rows.length === 0 && (
          <div role="option" aria-selected={false} className={styles.nothing}>
            {t('outline.nothing')}
          </div>
        )}
        <div style={{ height: rows.length * ROW_HEIGHT }} role="presentation">
          {rows.slice(inView.from, inView.to).map((row, offset) => {
            const index = inView.from + offset;
            const style = {
              transform: `translateY(${index * ROW_HEIGHT}px)`,
            };
            return row.type === 'group' ? (
              <GroupRow key={row.key} group={row.group} style={style} />
            ) : (
              <NodeRow
                key={row.key}
                id={`${listId}-${index}`}
                index={index}
                node={row.node}
                position={row.position}
                count={row.count}
                isActive={row.key === active}
                isSelected={row.key === selected}
                isFound={props.found?.has(row.key) ?? false}
                style={style}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}
