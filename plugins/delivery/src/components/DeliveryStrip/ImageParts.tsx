import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  imageVersion,
  type WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useImageTags } from '../../hooks/useReleaseFacts';
import { deliveryTranslationRef } from '../../translation';
import styles from './DeliveryStrip.module.css';

const SHORT = 7;
const MEGABYTE = 1e6;

/** Commit, build and image of what runs, as far as the registry tells. */
export function ImageParts(props: { workload: WorkloadSummary }) {
  const { workload } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { value, error } = useImageTags(workload.ref);
  const tag = value?.items.find(({ runningIn }) =>
    runningIn.includes(workload.ref),
  );
  const failed = value?.provenance.sources.find(({ state }) => state !== 'ok');
  const reason =
    error?.message ??
    failed?.reason ??
    tag?.reason ??
    (value ? t('strip.commitUnknown') : t('strip.loading'));
  return (
    <>
      <div className={styles.part}>
        <div className={styles.name}>{t('strip.commit')}</div>
        <Value text={tag?.revision?.slice(0, SHORT)} reason={reason} />
      </div>
      <div className={styles.part}>
        <div className={styles.name}>{t('strip.build')}</div>
        {tag?.createdAt ? (
          <>
            <div className={styles.value}>
              {t('strip.builtAt', {
                time: `${format.day(tag.createdAt)} ${format.time(
                  tag.createdAt,
                )}`,
              })}
            </div>
            <div className={styles.small}>{t('strip.buildUnknown')}</div>
          </>
        ) : (
          <Value text={undefined} reason={t('strip.buildUnknown')} />
        )}
      </div>
      <div className={styles.part}>
        <div className={styles.name}>{t('strip.image')}</div>
        <div className={styles.value}>
          {imageVersion(workload.images[0]?.image)}
        </div>
        <div className={styles.small} title={tag?.digest}>
          {tag?.digest
            ? [
                tag.digest.replace('sha256:', '').slice(0, 12),
                tag.bytes !== undefined &&
                  `${format.number(Math.round(tag.bytes / MEGABYTE))} MB`,
              ]
                .filter(Boolean)
                .join(' · ')
            : reason}
        </div>
      </div>
    </>
  );
}

function Value(props: { text: string | undefined; reason: string }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return props.text === undefined ? (
    <>
      <div className={styles.value}>– {t('strip.notConfigured')}</div>
      <div className={styles.small}>{props.reason}</div>
    </>
  ) : (
    <div className={styles.value}>{props.text}</div>
  );
}
