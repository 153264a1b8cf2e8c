import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Select } from '@backstage/ui';
import { isLiveRange } from '@orrery/backstage-plugin-orrery-common';
import type { ReactNode } from 'react';
import { useCarriedView, useFormat, useScope, useViewState } from '../../hooks';
import { orreryReactTranslationRef } from '../../translation';
import styles from './ScopeBar.module.css';

/** The choice that leaves the cluster out of the URL. */
const ALL_CLUSTERS = '*';
const WINDOWS = ['1m', '5m', '15m', '30m', '1h', '3h', '6h'];

/** @public */
export type ScopeBarProps = {
  /** Pages that neither time nor namespaces change have the cluster only. */
  parts?: 'all' | 'cluster';
  /** `range` where the scope is that of an entity: only time is taken over from the page before. */
  carries?: 'range';
  /** The page's own controls, after the shared ones. */
  children?: ReactNode;
};

/**
 * Cluster, namespaces and time of the page. What is chosen is kept in the
 * URL and so carried along by links.
 *
 * @public
 */
export function ScopeBar(props: ScopeBarProps) {
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const format = useFormat();
  const scope = useScope();
  const [view, changeView] = useViewState();
  useCarriedView(props.carries ?? props.parts ?? 'all');

  const clusters = scope.value?.clusters ?? [];
  const chosen = clusters.filter(
    ({ name }) => view.cluster === undefined || name === view.cluster,
  );
  const listed = new Set(
    chosen.flatMap(cluster => cluster.namespaces.map(({ name }) => name)),
  );
  // One that the URL names must show even when it is not in the list.
  const namespaces = [...new Set([...listed, ...view.namespaces])].sort();
  const clusterOptions = [
    { id: ALL_CLUSTERS, label: t('scope.allClusters') },
    ...clusters.map(({ name, title }) => ({ id: name, label: title })),
    ...(view.cluster === undefined || chosen.length > 0
      ? []
      : [{ id: view.cluster, label: view.cluster }]),
  ];
  const { from, to } = view.range;
  const isWindow = isLiveRange(view.range) && from.startsWith('now-');
  const current = from.slice('now-'.length);
  const windows =
    isWindow && !WINDOWS.includes(current) ? [...WINDOWS, current] : WINDOWS;

  return (
    <div className={styles.bar}>
      {clusterOptions.length > 2 && (
        <Select
          size="small"
          aria-label={t('scope.cluster')}
          options={clusterOptions}
          value={view.cluster ?? ALL_CLUSTERS}
          onChange={key =>
            changeView({
              cluster: key === ALL_CLUSTERS ? undefined : String(key),
              namespaces: [],
            })
          }
        />
      )}
      {props.parts !== 'cluster' && (
        <>
          <Select
            size="small"
            className={styles.namespaces}
            aria-label={t('scope.namespaces')}
            placeholder={t('scope.allNamespaces')}
            selectionMode="multiple"
            searchable
            options={namespaces.map(name => ({ id: name, label: name }))}
            value={view.namespaces}
            onChange={keys => changeView({ namespaces: keys.map(String) })}
          />
          <Select
            size="small"
            aria-label={t('scope.range')}
            options={[
              ...windows.map(duration => ({
                id: duration,
                label: t('scope.last', { duration }),
              })),
              ...(isWindow
                ? []
                : [
                    {
                      id: 'past',
                      label: t('scope.past', {
                        from: from.startsWith('now')
                          ? from
                          : format.instant(from),
                        to: to.startsWith('now') ? to : format.instant(to),
                      }),
                    },
                  ]),
            ]}
            value={isWindow ? current : 'past'}
            onChange={key =>
              key !== 'past' &&
              changeView({ range: { from: `now-${key}`, to: 'now' } })
            }
          />
        </>
      )}
      {props.children}
      {scope.error && (
        <Alert
          status="warning"
          icon
          title={t('scope.failed', { reason: scope.error.message })}
        />
      )}
    </div>
  );
}
