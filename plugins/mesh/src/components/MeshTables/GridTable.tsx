import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { meshTranslationRef } from '../../translation';
import { FoundMark } from '../FindBar';
import styles from './MeshTables.module.css';

const ROW_HEIGHT = 32;
/** A part that scrolls must be reachable by keyboard. */
const SCROLLING = { tabIndex: 0 };

/** One column of a {@link GridTable}. */
export type GridColumn<Row> = {
  id: string;
  title: string;
  /** A CSS grid track, such as `2fr` or `90px`. */
  width: string;
  isNumber?: boolean;
  /** What to sort by; unknown values go last either way. */
  sortBy: (row: Row) => string | number | undefined;
  render: (row: Row) => ReactNode;
};

/** @public */
export type GridTableProps<Row extends { id: string }> = {
  label: string;
  rows: readonly Row[];
  columns: readonly GridColumn<Row>[];
  /** Column that it is sorted by at first, descending for numbers. */
  initialSort: string;
  selected?: string;
  onSelect: (id: string) => void;
  /** Ids of rows that are marked as found. */
  found?: ReadonlySet<string>;
};

function compare(
  left: string | number | undefined,
  right: string | number | undefined,
  descending: boolean,
): number {
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined);
  }
  const order =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : String(left).localeCompare(String(right));
  return descending ? -order : order;
}

/**
 * A sortable table that stays quick with thousands of rows: only those in
 * view are in the document, and it says how many there are.
 */
export function GridTable<Row extends { id: string }>(
  props: GridTableProps<Row>,
) {
  const { rows, columns, selected, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState(() => ({
    column: props.initialSort,
    descending:
      columns.find(({ id }) => id === props.initialSort)?.isNumber ?? false,
  }));
  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === sort.column) ?? columns[0];
    return [...rows].sort(
      (left, right) =>
        compare(column.sortBy(left), column.sortBy(right), sort.descending) ||
        compare(left.id, right.id, false),
    );
  }, [rows, columns, sort]);
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
  });
  const template = {
    gridTemplateColumns: columns.map(({ width }) => width).join(' '),
  };
  return (
    <div
      role="table"
      aria-label={props.label}
      aria-rowcount={sorted.length + 1}
      className={styles.table}
      ref={scrollRef}
      {...SCROLLING}
    >
      <div role="rowgroup" className={styles.head}>
        <div
          role="row"
          aria-rowindex={1}
          className={styles.row}
          style={template}
        >
          {columns.map(column => {
            const isSorted = sort.column === column.id;
            const direction = sort.descending ? 'descending' : 'ascending';
            return (
              <div
                key={column.id}
                role="columnheader"
                aria-sort={isSorted ? direction : 'none'}
                data-number={column.isNumber || undefined}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() =>
                    setSort({
                      column: column.id,
                      descending: isSorted
                        ? !sort.descending
                        : Boolean(column.isNumber),
                    })
                  }
                >
                  {column.title}
                  <span aria-hidden="true">
                    {isSorted && (sort.descending ? ' ↓' : ' ↑')}
                  </span>
                </button>
              </div>
            );
          })}
        </div>
      </div>
      <div
        role="rowgroup"
        className={styles.body}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(item => {
          const row = sorted[item.index];
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={item.index + 2}
              className={styles.row}
              data-selected={row.id === selected || undefined}
              style={{ ...template, transform: `translateY(${item.start}px)` }}
            >
              {columns.map((column, index) => (
                <div
                  key={column.id}
                  role="cell"
                  data-number={column.isNumber || undefined}
                >
                  {index === 0 ? (
                    <button
                      type="button"
                      className={styles.select}
                      aria-pressed={row.id === selected}
                      onClick={() => onSelect(row.id)}
                    >
                      {column.render(row)}
                      {props.found?.has(row.id) && (
                        <FoundMark label={t('find.isFound')} />
                      )}
                    </button>
                  ) : (
                    column.render(row)
                  )}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
