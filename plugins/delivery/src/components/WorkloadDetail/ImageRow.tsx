import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  Build,
  ImageTag,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { formatBytes } from '../../model/formatBytes';
import { deliveryTranslationRef } from '../../translation';
import { ImageScanCell } from './ImageScanCell';
import styles from './WorkloadDetail.module.css';

const SHORT = 8;

/** @public */
export type ImageRowProps = {
  tag: ImageTag;
  workload: WorkloadSummary;
  /** The build that made it; undefined where none is known. */
  build: Build | undefined;
  /** Why no build is known. */
  buildReason: string;
  onDeploy: (() => void) | undefined;
  /** Undefined where one may not, or the registry does not scan. */
  onScan: (() => void) | undefined;
  /** Undefined where there is nothing to compare with. */
  onCompare: (() => void) | undefined;
};

/** One tag: what it is made from, where it runs, and what can be done. */
export function ImageRow(props: ImageRowProps) {
  const { tag, workload, build, buildReason, onDeploy, onScan, onCompare } =
    props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const revision = tag.revision ?? build?.revision;
  return (
    <tr>
      <th scope="row">
        {tag.tag}
        <div className={styles.code} title={tag.digest}>
          {tag.digest
            ? tag.digest.replace('sha256:', '').slice(0, 12)
            : tag.reason ?? t('workload.unknown')}
        </div>
        {(tag.labels ?? []).map(({ name, description }) => (
          <span key={name} className={styles.label} title={description}>
            {name}
          </span>
        ))}
      </th>
      <td className={styles.when}>
        {tag.createdAt ? (
          <span title={format.instant(tag.createdAt)}>
            {format.ago(tag.createdAt, Date.now())}
          </span>
        ) : (
          t('workload.unknown')
        )}
        <div className={styles.small}>
          {tag.bytes === undefined
            ? t('image.sizeUnknown')
            : formatBytes(tag.bytes)}
        </div>
      </td>
      <td className={styles.when}>
        <span className={styles.code} title={revision ?? t('image.noCommit')}>
          {revision?.slice(0, SHORT) ?? t('workload.unknown')}
        </span>
        <div className={styles.small} title={build ? undefined : buildReason}>
          {build ? (
            <a
              className={styles.link}
              href={build.url}
              target="_blank"
              rel="noreferrer"
            >
              {t('image.build', { number: String(build.number) })}
            </a>
          ) : (
            t('image.buildUnknown')
          )}
        </div>
      </td>
      <td className={styles.scan}>
        <ImageScanCell scan={tag.scan}>
          {onScan && tag.digest && tag.scan.state !== 'running' && (
            <button
              type="button"
              className={styles.linkButton}
              aria-label={t('image.scan.nowOf', { tag: tag.tag })}
              onClick={onScan}
            >
              {t('image.scan.now')}
            </button>
          )}
        </ImageScanCell>
      </td>
      <td className={styles.when}>
        {tag.runningIn.length === 0
          ? t('image.nowhere')
          : tag.runningIn.map(running => {
              const [, namespace, , name] = running.split('/');
              return <div key={running}>{`${namespace} / ${name}`}</div>;
            })}
      </td>
      <td>
        <div className={styles.actions}>
          {onCompare && (
            <Button
              size="small"
              variant="tertiary"
              aria-label={t('image.compareOf', { tag: tag.tag })}
              onPress={onCompare}
            >
              {t('image.compare')}
            </Button>
          )}
          {onDeploy && (
            <Button
              size="small"
              variant="secondary"
              aria-label={t('workloadAction.title.deploy', {
                version: tag.tag,
                name: workload.name,
                namespace: workload.namespace,
              })}
              onPress={onDeploy}
            >
              {t('image.deploy', { tag: tag.tag })}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}
