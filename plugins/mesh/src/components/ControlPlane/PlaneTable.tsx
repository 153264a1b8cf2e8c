import type { ReactNode } from 'react';
import styles from './ControlPlane.module.css';

/** A part that scrolls must be reachable by keyboard. */
const SCROLLING = { tabIndex: 0 };

/** One column of a {@link PlaneTable}. */
export type PlaneColumn = { title: string; isNumber?: boolean };

/**
 * A table below its heading. Without rows it says in words what that means,
 * because nothing to show and nothing known are different things.
 */
export function PlaneTable(props: {
  title: string;
  note?: ReactNode;
  columns: readonly PlaneColumn[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  empty: string;
  /** Takes the whole width of the page. */
  isWide?: boolean;
}) {
  const { title, note, columns, rows, empty } = props;
  return (
    <section className={styles.part} data-wide={props.isWide || undefined}>
      <h3 className={styles.heading}>{title}</h3>
      {note && <p className={styles.note}>{note}</p>}
      {rows.length === 0 ? (
        <p className={styles.note}>{empty}</p>
      ) : (
        <div
          className={styles.scroll}
          role="group"
          aria-label={title}
          {...SCROLLING}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map(column => (
                  <th
                    key={column.title}
                    scope="col"
                    data-number={column.isNumber || undefined}
                  >
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.key}>
                  {row.cells.map((cell, index) =>
                    index === 0 ? (
                      <th key={columns[index].title} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td
                        key={columns[index].title}
                        data-number={columns[index].isNumber || undefined}
                      >
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
