import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import type { WorkloadSummary } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useImageTags } from '../../hooks/useReleaseFacts';
import { deliveryTranslationRef } from '../../translation';
import styles from './StartCanary.module.css';

/** @public */
export type ImageFieldProps = {
  workload: WorkloadSummary;
  image: string;
  onChange: (image: string) => void;
};

/** The image of the canary: a tag of the registry, or typed where it does not tell. */
export function ImageField(props: ImageFieldProps) {
  const { workload, image, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { value, error } = useImageTags(workload.ref);
  const failed = value?.provenance.sources.find(({ state }) => state !== 'ok');
  const reason = error?.message ?? failed?.reason;
  const tags = value?.items ?? [];
  return (
    <div className={styles.image}>
      {tags.length > 0 && (
        <Select
          size="small"
          label={t('start.tag')}
          placeholder={t('start.tagPick')}
          options={tags.map(tag => ({
            id: tag.image,
            label: [
              tag.tag,
              tag.createdAt && format.instant(tag.createdAt),
              tag.runningIn.includes(workload.ref) && t('start.running'),
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
          value={tags.some(tag => tag.image === image) ? image : null}
          onChange={key => key !== null && onChange(String(key))}
        />
      )}
      <TextField
        size="small"
        label={t('start.image')}
        description={t('start.imageHelp', {
          image: workload.images.map(item => item.image).join(', '),
        })}
        isRequired
        value={image}
        onChange={onChange}
      />
      {reason !== undefined && (
        <p className={styles.help}>{t('start.tagsUnknown', { reason })}</p>
      )}
      {!value && !error && (
        <p className={styles.help} role="status">
          {t('start.tagsLoading')}
        </p>
      )}
    </div>
  );
}
