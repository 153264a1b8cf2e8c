import styles from './ReleaseTable.module.css';

/** @public */
export type SortHeaderProps = {
  label: string;
  /** Absent while the table is sorted by another column. */
  direction: 'ascending' | 'descending' | undefined;
  onSort: () => void;
  isNumber?: boolean;
};

const GLYPHS = { ascending: '▲', descending: '▼' };

/** Head of a column by which a table can be sorted. */
export function SortHeader(props: SortHeaderProps) {
  const { label, direction, onSort, isNumber } = props;
  return (
    <th
      scope="col"
      aria-sort={direction ?? 'none'}
      data-number={isNumber || undefined}
    >
      <button type="button" className={styles.sort} onClick={onSort}>
        {label}
        <span aria-hidden="true"> {direction ? GLYPHS[direction] : ''}</span>
      </button>
    </th>
  );
}
