import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { ProblemPanel } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import type { LogRequest } from '../../api';
import { useLogView } from '../../hooks/useLogView';
import { useStores } from '../../hooks/useStores';
import { logsTranslationRef } from '../../translation';
import { LogSearch } from '../LogSearch';
import { PodsMode } from '../PodsMode';
import styles from './LogsPage.module.css';

/** Stored lines, or what pods write, of a scope. */
export function LogsView(props: {
  /** The first cluster with a store where absent. */
  cluster: string | undefined;
  namespaces: readonly string[];
  app?: string;
}) {
  const { cluster, app } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const [view, changeView] = useLogView();
  const stores = useStores();
  const store =
    stores.value?.stores.find(item => item.cluster === cluster) ??
    (cluster === undefined ? stores.value?.stores[0] : undefined);
  const names = props.namespaces.join(',');
  const scope = useMemo(
    (): Pick<LogRequest, 'cluster' | 'namespaces' | 'app'> => ({
      cluster: cluster ?? store?.cluster ?? '',
      namespaces: names === '' ? [] : names.split(','),
      ...(app !== undefined && { app }),
    }),
    [cluster, store?.cluster, names, app],
  );
  return (
    <div className={styles.view}>
      <ToggleButtonGroup
        aria-label={t('page.mode')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view.mode]}
        onSelectionChange={keys =>
          changeView({ mode: keys.has('pods') ? 'pods' : 'store' })
        }
      >
        <ToggleButton id="store">{t('page.stored')}</ToggleButton>
        <ToggleButton id="pods">{t('page.pods')}</ToggleButton>
      </ToggleButtonGroup>
      {stores.error && (
        <ProblemPanel
          sources={[
            {
              name: t('page.title'),
              state:
                stores.error.name === 'NotAllowedError'
                  ? 'forbidden'
                  : 'failed',
              reason: stores.error.message,
            },
          ]}
          warnings={[]}
          onRetry={stores.retry}
        />
      )}
      {!stores.value && !stores.error && <Skeleton height={300} />}
      {view.mode === 'pods' && <PodsMode scope={scope} />}
      {view.mode === 'store' && stores.value && !store && (
        <p className={styles.empty}>
          {t(
            stores.value.stores.length === 0
              ? 'page.noStore'
              : 'page.noStoreOf',
            {
              cluster: cluster ?? '',
            },
          )}
        </p>
      )}
      {view.mode === 'store' && stores.value && store && (
        <>
          <ProblemPanel
            sources={stores.value.provenance.sources.filter(
              ({ name }) => name === `${store.cluster}/logs`,
            )}
            warnings={[]}
            onRetry={stores.retry}
          />
          <LogSearch scope={scope} store={store} />
        </>
      )}
    </div>
  );
}
