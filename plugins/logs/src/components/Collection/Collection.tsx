import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { usePermittedActions } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useCollection } from '../../hooks/useCollection';
import { logsTranslationRef } from '../../translation';
import styles from './Collection.module.css';
import { CollectionDialog } from './CollectionDialog';

const ACTION = 'set-log-collection';

/** What of a service's logs is collected, with a way to change it. */
export function Collection(props: {
  cluster: string;
  namespace: string;
  app: string;
}) {
  const { cluster, namespace, app } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const collection = useCollection(cluster, namespace, app);
  const workloads = collection.value?.workloads ?? [];
  const permitted = usePermittedActions(
    'logs',
    workloads.map(({ ref, collect }) => ({
      action: ACTION,
      input: {
        workload: ref,
        collect: collect === 'off' ? 'output' : 'off',
      },
    })),
  );
  const [chosen, setChosen] = useState<string>();
  const open = workloads.find(({ ref }) => ref === chosen);
  if (collection.error && !collection.value) {
    return (
      <span className={styles.line} role="status">
        {t('collection.failed', { reason: collection.error.message })}
      </span>
    );
  }
  return (
    <div className={styles.line}>
      {workloads.map((workload, index) => (
        <span key={workload.ref} className={styles.workload}>
          <span>
            {t('collection.of', { name: nameOf(workload.ref) })}{' '}
            <strong>{t(`collection.is.${workload.collect}`)}</strong>
          </span>
          {permitted.value?.[index]?.allowed && (
            <Button
              size="small"
              variant="tertiary"
              aria-label={t('collection.changeOf', {
                name: nameOf(workload.ref),
              })}
              onPress={() => setChosen(workload.ref)}
            >
              {t('collection.change')}
            </Button>
          )}
        </span>
      ))}
      {open && (
        <CollectionDialog
          workload={open}
          name={nameOf(open.ref)}
          canCollectFiles={collection.value?.canCollectFiles ?? false}
          onClose={() => setChosen(undefined)}
        />
      )}
    </div>
  );
}

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
