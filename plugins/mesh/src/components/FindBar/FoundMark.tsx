import styles from './FindBar.module.css';

/** Marks what an expression finds, in lists. */
export function FoundMark(props: { label: string }) {
  return (
    <span
      role="img"
      aria-label={props.label}
      title={props.label}
      className={styles.found}
    >
      ◆
    </span>
  );
}
