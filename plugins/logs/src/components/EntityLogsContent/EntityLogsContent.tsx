import { useEntity } from '@backstage/plugin-catalog-react';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';
import { ScopeBar, useViewState } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useStores } from '../../hooks/useStores';
import { Collection } from '../Collection';
import { LogsView } from '../LogsPage';
import styles from './EntityLogsContent.module.css';

/** Lines of one service. */
export function EntityLogsContent() {
  const { entity } = useEntity();
  const binding = useMemo(() => bindEntity(entity), [entity]);
  const [state] = useViewState();
  const stores = useStores();
  const cluster =
    state.cluster ?? binding?.cluster ?? stores.value?.stores[0]?.cluster;
  if (!binding) {
    return null;
  }
  return (
    <div className={styles.content}>
      <ScopeBar carries="range" />
      {cluster !== undefined && (
        <Collection
          cluster={cluster}
          namespace={binding.namespace}
          app={binding.app}
        />
      )}
      <LogsView
        cluster={cluster}
        // A service runs in one namespace for each environment.
        namespaces={
          state.namespaces.length > 0 ? state.namespaces : [binding.namespace]
        }
        app={binding.app}
      />
    </div>
  );
}
