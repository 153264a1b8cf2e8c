import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Skeleton } from '@backstage/ui';
import type { ConfigChange } from '@orrery/backstage-plugin-config-center-common';
import {
  ActionDialog,
  ProblemPanel,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useEffect, useState } from 'react';
import { configApiRef } from '../../api';
import { configTranslationRef } from '../../translation';
import type { WriteAccess } from '../KeyPanel';
import styles from './History.module.css';
import { HistoryRow } from './HistoryRow';

/** What became of a key, or of all keys of a service or ConfigMap; any of it can be restored. */
export function History(props: {
  /** Ref of the service, or of the ConfigMap. */
  service: string;
  /** Whose history it is. */
  of?: 'service' | 'configMap';
  /** All keys where absent. */
  keyName?: string;
  access: WriteAccess;
  /** Changes when there is something new to ask for. */
  version: number | string;
}) {
  const { service, of = 'service', keyName, access, version } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const api = useApi(configApiRef);
  const [pages, setPages] = useState<{
    changes?: ConfigChange[];
    next?: string;
    error?: Error;
  }>({});
  const [restored, setRestored] = useState<ConfigChange>();
  const [attempt, setAttempt] = useState(0);

  const ask = useCallback(
    (before?: string) => {
      const page = {
        ...(keyName !== undefined && { key: keyName }),
        ...(before !== undefined && { before }),
      };
      return of === 'service'
        ? api.history(service, page)
        : api.mapHistory(service, page);
    },
    [api, service, of, keyName],
  );
  useEffect(() => {
    let isCurrent = true;
    ask().then(
      ({ changes, next }) => isCurrent && setPages({ changes, next }),
      (error: Error) => isCurrent && setPages({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [ask, version, attempt]);
  const more = () =>
    ask(pages.next).then(
      ({ changes, next }) =>
        setPages(({ changes: known = [] }) => ({
          changes: [...known, ...changes],
          next,
        })),
      (error: Error) => setPages(before => ({ ...before, error })),
    );

  const { changes, next, error } = pages;
  const title =
    keyName === undefined
      ? t('history.ofAll')
      : t('history.of', { key: keyName });
  return (
    <section className={styles.section} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {error && (
        <ProblemPanel
          sources={[{ name: title, state: 'failed', reason: error.message }]}
          warnings={[]}
          onRetry={() => setAttempt(count => count + 1)}
        />
      )}
      {!changes && !error && <Skeleton height={60} />}
      {changes?.length === 0 && <p>{t('history.empty')}</p>}
      {changes && changes.length > 0 && (
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{t('history.when')}</th>
              {keyName === undefined && <th scope="col">{t('history.key')}</th>}
              <th scope="col">{t('history.what')}</th>
              <th scope="col">{t('history.who')}</th>
              <th scope="col">{t('history.why')}</th>
              <th scope="col" aria-label={t('history.restore')} />
            </tr>
          </thead>
          <tbody>
            {changes.map((change, index) => (
              <HistoryRow
                key={change.id}
                change={change}
                showsKey={keyName === undefined}
                // The newest change of a key is what it is now.
                onRestore={
                  access.isAllowed &&
                  changes.findIndex(({ key }) => key === change.key) !== index
                    ? () => setRestored(change)
                    : undefined
                }
              />
            ))}
          </tbody>
        </table>
      )}
      {next !== undefined && (
        <Button size="small" variant="secondary" onPress={more}>
          {t('history.more')}
        </Button>
      )}
      {restored && (
        <ActionDialog
          title={t('history.restoreTitle', { key: restored.key })}
          pluginId="config-center"
          action={of === 'service' ? 'restore-key' : 'restore-config-map-key'}
          input={{
            ...(of === 'service' ? { service } : { configMap: service }),
            key: restored.key,
            change: restored.id,
          }}
          onClose={() => {
            setRestored(undefined);
            setAttempt(count => count + 1);
          }}
          width={760}
        />
      )}
    </section>
  );
}
