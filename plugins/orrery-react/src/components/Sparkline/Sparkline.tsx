import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { orreryReactTranslationRef } from '../../translation';
import { sparklinePaths } from './sparklinePaths';
import styles from './Sparkline.module.css';

/** @public */
export type SparklineProps = {
  /** Values at equal distances; null is a gap. */
  values: readonly (number | null)[];
  /** What the line says, in words: the picture's text alternative. */
  label: string;
  width?: number;
  height?: number;
  tone?: 'neutral' | 'negative';
};

/** A line as small as a word. Gaps stay gaps. @public */
export function Sparkline(props: SparklineProps) {
  const { values, label, width = 96, height = 24, tone = 'neutral' } = props;
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const paths = sparklinePaths(values, width, height);
  if (paths.length === 0) {
    return <span className={styles.empty}>{t('chart.noData')}</span>;
  }
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.line}
      data-tone={tone}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      {paths.map(path => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
