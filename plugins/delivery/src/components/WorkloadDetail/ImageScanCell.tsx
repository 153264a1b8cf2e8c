import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  scanSeveritySchema,
  type ImageScan,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { ReactNode } from 'react';
import { deliveryTranslationRef } from '../../translation';
import styles from './WorkloadDetail.module.css';

/** What the registry's scanner found in an image, and when; or why that is not known. */
export function ImageScanCell(props: {
  scan: ImageScan;
  /** What can be done about it. */
  children?: ReactNode;
}) {
  const { scan, children } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  if (scan.state === 'running') {
    return (
      <span>
        <span aria-hidden="true">▸</span>{' '}
        {scan.percent === undefined
          ? t('image.scan.running')
          : t('image.scan.runningAt', { percent: String(scan.percent) })}
      </span>
    );
  }
  if (scan.state === 'unknown') {
    return (
      <>
        <span aria-hidden="true">?</span> {t('workload.unknown')}
        <div className={styles.small}>
          {scan.reason} {children}
        </div>
      </>
    );
  }
  const { counts, at, fixable, scanner } = scan;
  const found = scanSeveritySchema.options.filter(
    severity => (counts[severity] ?? 0) > 0,
  );
  const isGrave = found.includes('critical') || found.includes('high');
  const total = found.reduce((sum, severity) => sum + counts[severity], 0);
  return (
    <>
      <span className={styles.findings} data-grave={isGrave}>
        <span aria-hidden="true">{found.length === 0 ? '✓' : '!'}</span>{' '}
        {found.length === 0
          ? t('image.scan.nothing')
          : found
              .map(severity =>
                t(`image.scan.severity.${severity}`, {
                  number: String(counts[severity]),
                }),
              )
              .join(', ')}
      </span>
      <div className={styles.small} title={scanner}>
        {at ? (
          <span title={format.instant(at)}>
            {t('image.scan.at', { ago: format.ago(at, Date.now()) })}
          </span>
        ) : (
          t('image.scan.atUnknown')
        )}
        {total > 0 &&
          fixable !== undefined &&
          ` · ${t('image.scan.fixable', { number: String(fixable) })}`}{' '}
        {children}
      </div>
    </>
  );
}
