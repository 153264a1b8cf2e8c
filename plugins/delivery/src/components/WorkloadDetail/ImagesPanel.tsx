import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, Skeleton, Text } from '@backstage/ui';
import type {
  ImageList,
  ImageTag,
  WorkloadDetails,
} from '@orrery/backstage-plugin-delivery-common';
import {
  ActionDialog,
  ProblemPanel,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useContext, useEffect, useRef, useState } from 'react';
import { ServiceBuildsContext } from '../../hooks/ServiceBuildsContext';
import { useImages } from '../../hooks/useWorkloads';
import { buildOfImage } from '../../model/buildOfImage';
import { revisionsBetween, type Revisions } from '../../model/revisionsBetween';
import { deployableContainers, questionOf } from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import { ChangesDialog } from '../SourceChanges';
import { ImageRow } from './ImageRow';
import styles from './WorkloadDetail.module.css';

/** @public */
export type ImagesPanelProps = {
  details: WorkloadDetails;
  onDeploy: (container: string, image: string) => void;
};

/** What the registry has for a workload, the newest first. */
export function ImagesPanel(props: ImagesPanelProps) {
  const { details, onDeploy } = props;
  const { ref, cluster, namespace, app } = details.summary;
  const place = { cluster, namespace, app };
  const { t } = useTranslationRef(deliveryTranslationRef);
  const containers = deployableContainers(details);
  const [container, setContainer] = useState(containers[0]?.name);
  const { value, error, retry } = useImages(ref, container);
  const builds = useContext(ServiceBuildsContext);
  // A build that has ended well may have pushed a tag, and a deployment has
  // moved one: both are told sooner than the list is asked for again.
  const news = [
    builds?.value?.builds.find(({ state }) => state === 'succeeded')?.number,
    ...details.summary.images.map(({ image }) => image),
  ].join(' ');
  const seen = useRef(news);
  useEffect(() => {
    if (seen.current !== news) {
      seen.current = news;
      retry();
    }
  }, [news, retry]);
  const [scanned, setScanned] = useState<ImageTag>();
  const [compared, setCompared] = useState<Revisions>();
  const buildReason =
    builds?.error?.message ??
    builds?.value?.provenance.sources.find(({ state }) => state !== 'ok')
      ?.reason ??
    t('image.noBuild');
  const { value: permitted } = usePermittedActions('delivery', [
    questionOf('deploy', details),
    { action: 'scan-image', input: { workload: ref, image: 'image' } },
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
                    <th scope="col">{t('image.madeFrom')}</th>
                    <th scope="col">{t('image.scan.title')}</th>
                    <th scope="col">{t('image.runningIn')}</th>
                    <th scope="col" aria-label={t('pod.actions')} />
                  </tr>
                </thead>
                <tbody>
                  {value.items.map(tag => {
                    const revisions = revisionsBetween(value.items, ref, tag);
                    return (
                      <ImageRow
                        key={tag.tag}
                        tag={tag}
                        workload={details.summary}
                        build={buildOfImage(builds?.value?.builds ?? [], tag)}
                        buildReason={buildReason}
                        onCompare={revisions && (() => setCompared(revisions))}
                        onScan={
                          value.isScanning && permitted?.[1]?.allowed
                            ? () => setScanned(tag)
                            : undefined
                        }
                        onDeploy={
                          permitted?.[0]?.allowed &&
                          !tag.runningIn.includes(ref)
                            ? () => onDeploy(value.container, tag.image)
                            : undefined
                        }
                      />
                    );
                  })}
                </tbody>
              </table>
            </div>
          )}
        </>
      )}
      {scanned && (
        <ActionDialog
          title={t('image.scan.nowOf', { tag: scanned.tag })}
          pluginId="delivery"
          action="scan-image"
          input={{ workload: ref, image: scanned.image }}
          onClose={() => {
            setScanned(undefined);
            retry();
          }}
        />
      )}
      {compared && (
        <ChangesDialog
          place={place}
          revisions={compared}
          onClose={() => setCompared(undefined)}
        />
      )}
    </section>
  );
}

/** Whether the registry has answered, so that nothing means nothing. */
function isTold({ provenance }: ImageList): boolean {
  return provenance.sources.every(({ state }) => state === 'ok');
}
