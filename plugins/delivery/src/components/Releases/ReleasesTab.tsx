import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Card,
  CardBody,
  SearchField,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Release } from '@orrery/backstage-plugin-delivery-common';
import {
  ProblemPanel,
  useUrlParameter,
  useViewState,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useReleases } from '../../hooks/useReleaseFacts';
import { deliveryTranslationRef } from '../../translation';
import { DeliveryNumbersCard } from './DeliveryNumbersCard';
import { ReleaseDiffDialog } from './ReleaseDiffDialog';
import { ReleaseTable } from './ReleaseTable';
import styles from './Releases.module.css';

const PAGE = 50;

/** Releases of all services, and how delivery goes. */
export function ReleasesTab() {
  return (
    <div className={styles.page}>
      <DeliveryNumbersCard />
      <AllReleases />
    </div>
  );
}

function AllReleases() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [view] = useViewState();
  const [text, setText] = useUrlParameter('q', '');
  const [before, setBefore] = useUrlParameter('before', '');
  const [compared, setCompared] = useState<Release>();
  const { value, error, retry } = useReleases({
    cluster: view.cluster,
    namespaces: view.namespaces,
    before: before === '' ? undefined : before,
    limit: PAGE,
  });
  const found = value?.items.filter(release => isFound(release, text)) ?? [];
  const next = value?.next;
  return (
    <Card>
      <CardBody>
        <div className={styles.head}>
          <h2 className={styles.title}>{t('release.title')}</h2>
          <SearchField
            className={styles.filter}
            size="small"
            aria-label={t('release.filter')}
            placeholder={t('release.filter')}
            value={text}
            onChange={setText}
          />
        </div>
        {error && (
          <ProblemPanel
            sources={[
              {
                name: t('release.title'),
                state: value ? 'stale' : 'failed',
                reason: error.message,
              },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && !error && (
          <div role="status" aria-label={t('release.loading')}>
            <Skeleton height={240} />
          </div>
        )}
        {value && <ProblemPanel {...value.provenance} onRetry={retry} />}
        {value?.items.length === 0 && <Text>{t('release.none')}</Text>}
        {value && value.items.length > 0 && found.length === 0 && (
          <Text>{t('release.noneFound', { text })}</Text>
        )}
        {found.length > 0 && (
          <ReleaseTable
            releases={found}
            all={value?.items}
            isFirstPage={before === ''}
            showService
            onDiff={setCompared}
          />
        )}
        {(before !== '' || next !== undefined) && (
          <div className={styles.foot}>
            <Button
              size="small"
              variant="secondary"
              isDisabled={before === ''}
              onPress={() => setBefore('')}
            >
              {t('release.newer')}
            </Button>
            <Button
              size="small"
              variant="secondary"
              isDisabled={next === undefined}
              onPress={() => setBefore(next ?? '')}
            >
              {t('release.older')}
            </Button>
          </div>
        )}
        {compared && (
          <ReleaseDiffDialog
            release={compared}
            onClose={() => setCompared(undefined)}
          />
        )}
      </CardBody>
    </Card>
  );
}

function isFound(release: Release, text: string): boolean {
  const facts = [
    release.workload,
    release.app,
    release.version,
    release.actor.name,
    release.actor.sentence,
    release.why,
    release.state,
    release.commit,
    ...release.images.map(({ image }) => image),
  ]
    .join(' ')
    .toLocaleLowerCase('en-US');
  return text
    .toLocaleLowerCase('en-US')
    .split(/\s+/)
    .filter(Boolean)
    .every(word => facts.includes(word));
}
