import styles from './VersionChip.module.css';

/** @public */
export type VersionChipProps = { side: 'stable' | 'canary'; version: string };

/** A version in the colour that it has everywhere: stable or canary. */
export function VersionChip(props: VersionChipProps) {
  return (
    <span className={styles.chip} data-side={props.side}>
      {props.version}
    </span>
  );
}
