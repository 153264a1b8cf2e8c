import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, VisuallyHidden } from '@backstage/ui';
import { RiLineChartLine, RiTableLine } from '@remixicon/react';
import { useRef, useState } from 'react';
import { useFormat } from '../hooks';
import { orreryReactTranslationRef } from '../translation';
import { ChartLegend } from './ChartLegend';
import { ChartTable } from './ChartTable';
import { hasValues } from './plotData';
import { usePlot } from './usePlot';
import styles from './TimeChart.module.css';
import type { TimeChartProps } from './types';

/**
 * Quantities over time, as a picture and, on request, as a table. Gaps stay
 * gaps; the scale begins at zero. What draws the picture is loaded with the
 * first chart; where it cannot draw, the table is shown.
 *
 * @public
 */
export function TimeChart(props: TimeChartProps) {
  const { title, note, series, size = 'normal', isTitleHidden } = props;
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const format = useFormat();
  const hostRef = useRef<HTMLDivElement>(null);
  const [isTable, setTable] = useState(false);
  const isEmpty = !hasValues(series);
  const { pointedIndex, isImpossible } = usePlot(
    hostRef,
    props,
    format,
    !isEmpty && !isTable,
  );
  const name = <strong>{title}</strong>;
  return (
    <figure className={styles.figure} data-size={size}>
      <figcaption className={styles.caption}>
        {isTitleHidden ? <VisuallyHidden>{name}</VisuallyHidden> : name}
        {note && <span className={styles.note}>{note}</span>}
        {!isEmpty && !isImpossible && (
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={isTable ? <RiLineChartLine /> : <RiTableLine />}
            aria-label={t(isTable ? 'chart.asPicture' : 'chart.asTable', {
              title,
            })}
            onPress={() => setTable(!isTable)}
          />
        )}
        <ChartLegend
          chart={props}
          format={format}
          pointedIndex={pointedIndex}
        />
      </figcaption>
      {isEmpty && <p className={styles.empty}>{t('chart.noData')}</p>}
      {!isEmpty && (isTable || isImpossible) && (
        <ChartTable chart={props} format={format} />
      )}
      {!isEmpty && !isTable && !isImpossible && (
        <div ref={hostRef} className={styles.plot} aria-hidden="true" />
      )}
    </figure>
  );
}
