import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Select, Skeleton, Text } from '@backstage/ui';
import type {
  ImageList,
  ImageTag,
  WorkloadDetails,
} from '@orrery/backstage-plugin-delivery-common';
import {
  ProblemPanel,
  useFormat,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useImages } from '../../hooks/useWorkloads';
import { formatBytes } from '../../model/formatBytes';
import { deployableContainers, questionOf } from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import styles from './WorkloadDetail.module.css';

/** @public */
export type ImagesPanelProps = {
  details: WorkloadDetails;
  onDeploy: (container: string, image: string) => void;
};

/** What the registry has for a workload, the newest first. */
export function ImagesPanel(props: ImagesPanelProps) {
  const { details, onDeploy } = props;
  const { ref } = details.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const containers = deployableContainers(details);
  const [container, setContainer] = useState(containers[0]?.name);
  const { value, error, retry } = useImages(ref, container);
  const { value: permitted } = usePermittedActions('delivery', [
    questionOf('deploy', details),
  ]);
  return (
    <section>
      <h3 className={styles.heading}>
        {t('image.title')}
        {containers.length > 1 && (
          <Select
            size="small"
            aria-label={t('workload.container')}
            options={containers.map(({ name }) => ({
              value: name,
              label: name,
            }))}
            selectedKey={container}
            onSelectionChange={key => setContainer(String(key))}
          />
        )}
      </h3>
      {error && (
        <ProblemPanel
          sources={[
            { name: t('image.title'), state: 'failed', reason: error.message },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={80} />}
      {value && (
        <>
          <ProblemPanel {...value.provenance} onRetry={retry} />
          <div className={styles.small}>
            <span className={styles.code}>{value.repository}</span>
            {value.total > value.items.length &&
              ` · ${t('image.newest', {
                number: String(value.items.length),
                total: String(value.total),
              })}`}
          </div>
          {value.items.length === 0 && isTold(value) && (
            <Text>{t('image.none')}</Text>
          )}
          {value.items.length > 0 && (
            <div className={styles.scroll}>
              <table className={styles.table} aria-label={t('image.title')}>
                <thead>
                  <tr>
                    <th scope="col">{t('image.tag')}</th>
                    <th scope="col">{t('image.created')}</th>
                    <th scope="col" className={styles.number}>
                      {t('image.size')}
                    </th>
                    <th scope="col">{t('image.runningIn')}</th>
                    <th scope="col" aria-label={t('pod.actions')} />
                  </tr>
                </thead>
                <tbody>
                  {value.items.map(tag => (
                    <ImageRow
                      key={tag.tag}
                      tag={tag}
                      workload={details.summary}
                      onDeploy={
                        permitted?.[0]?.allowed && !tag.runningIn.includes(ref)
                          ? () => onDeploy(value.container, tag.image)
                          : undefined
                      }
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
    </section>
  );
}

/** Whether the registry has answered, so that nothing means nothing. */
function isTold({ provenance }: ImageList): boolean {
  return provenance.sources.every(({ state }) => state === 'ok');
}

function ImageRow(props: {
  tag: ImageTag;
  workload: WorkloadDetails['summary'];
  onDeploy: (() => void) | undefined;
}) {
  const { tag, workload, onDeploy } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  return (
    <tr>
      <th scope="row">
        {tag.tag}
        <div className={styles.code} title={tag.digest}>
          {tag.digest
            ? tag.digest.replace('sha256:', '').slice(0, 12)
            : tag.reason ?? t('workload.unknown')}
        </div>
      </th>
      <td>
        {tag.createdAt ? (
          <span title={format.instant(tag.createdAt)}>
            {format.ago(tag.createdAt, Date.now())}
          </span>
        ) : (
          t('workload.unknown')
        )}
      </td>
      <td className={styles.number}>
        {tag.bytes === undefined
          ? t('workload.unknown')
          : formatBytes(tag.bytes)}
      </td>
      <td>
        {tag.runningIn.length === 0
          ? t('image.nowhere')
          : tag.runningIn.map(running => {
              const [, namespace, , name] = running.split('/');
              return <div key={running}>{`${namespace} / ${name}`}</div>;
            })}
      </td>
      <td>
        <div className={styles.actions}>
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
