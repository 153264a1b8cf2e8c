import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Build } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useNow } from '../../hooks/useNow';
import { formatDuration } from '../../model/duration';
import { deliveryTranslationRef } from '../../translation';
import styles from './Builds.module.css';

/** How far a build is, by how long builds of its job usually take. */
export function BuildProgress(props: { build: Build }) {
  const { startedAt, estimatedMilliseconds: usual } = props.build;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const now = useNow(true);
  if (!startedAt || usual === undefined) {
    return <div className={styles.small}>{t('build.usualUnknown')}</div>;
  }
  const spent = Math.max(0, now - Date.parse(startedAt));
  const share = Math.min(1, spent / usual);
  const isLate = spent > usual;
  const text = isLate
    ? t('build.late', { time: formatDuration(spent - usual) })
    : t('build.progress', {
        percent: format.percent(share),
        time: formatDuration(usual - spent),
      });
  return (
    <div className={styles.progressPart}>
      <div
        className={styles.progress}
        role="progressbar"
        aria-label={t('build.progressOf', {
          number: String(props.build.number),
        })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={text}
      >
        <div
          className={styles.progressBar}
          data-late={isLate}
          style={{ inlineSize: `${share * 100}%` }}
        />
      </div>
      <div className={styles.small}>{text}</div>
    </div>
  );
}
