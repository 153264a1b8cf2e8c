import type { ReactNode } from 'react';
import styles from './SelectionPanel.module.css';

/** A heading with what belongs to it, which closes and opens. */
export function Section(props: {
  title: string;
  children: ReactNode;
  /** Closed at first: long lists that few people read. */
  isClosed?: boolean;
}) {
  return (
    <details className={styles.section} open={!props.isClosed}>
      <summary className={styles.summary}>
        <h3 className={styles.heading}>{props.title}</h3>
      </summary>
      {props.children}
    </details>
  );
}
