import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import { ProblemPanel, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useControlPlanes } from '../../hooks/useControlPlanes';
import { meshTranslationRef } from '../../translation';
import { ClusterControlPlane } from './ClusterControlPlane';
import styles from './ControlPlane.module.css';

/** A part that scrolls must be reachable by keyboard. */
const SCROLLING = { tabIndex: 0 };

/**
 * What istiod says of itself and of its proxies, cluster by cluster. What
 * could not be read is named with its reason.
 */
export function ControlPlanes(props: { cluster?: string }) {
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const { value, error, retry } = useControlPlanes(props.cluster);
  return (
    <section
      className={styles.page}
      aria-label={t('plane.title')}
      {...SCROLLING}
    >
      {error && (
        <Alert
          status="danger"
          icon
          title={t('plane.failed')}
          description={error.message}
          customActions={
            <Button size="small" variant="secondary" onPress={retry}>
              {t('page.retry')}
            </Button>
          }
        />
      )}
      {!value && !error && (
        <div role="status" aria-label={t('plane.loading')}>
          <Skeleton height={240} />
        </div>
      )}
      {value && (
        <>
          <ProblemPanel
            sources={value.sources}
            warnings={value.warnings}
            onRetry={retry}
          />
          {value.items.map(plane => (
            <ClusterControlPlane
              key={plane.cluster}
              plane={plane}
              at={value.at}
            />
          ))}
          {value.items.length === 0 && (
            <Text as="p">{t('plane.noCluster')}</Text>
          )}
          <p className={styles.note}>
            {t('plane.asOf', { time: format.instant(value.at) })}
          </p>
        </>
      )}
    </section>
  );
}
