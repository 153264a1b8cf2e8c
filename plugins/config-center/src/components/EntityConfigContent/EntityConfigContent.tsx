import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Select, Skeleton } from '@backstage/ui';
import { bindEntity, formatRef } from '@orrery/backstage-plugin-orrery-common';
import {
  ProblemPanel,
  ScopeBar,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useCluster, usePrefixes } from '../../hooks/usePrefixes';
import { configTranslationRef } from '../../translation';
import { ConfigView } from '../ConfigView';
import styles from './EntityConfigContent.module.css';

/** Configuration of one service, in each of its environments. */
export function EntityConfigContent() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(configTranslationRef);
  const binding = useMemo(() => bindEntity(entity), [entity]);
  const cluster = useCluster(binding?.cluster);
  const { value, error, retry } = usePrefixes(cluster);
  const [chosen, setChosen] = useUrlParameter('service', '');
  if (!binding || cluster === undefined) {
    return binding ? <Skeleton height={300} /> : null;
  }
  const own = formatRef({
    type: 'service',
    cluster,
    namespace: binding.namespace,
    name: binding.app,
  });
  // The same app in namespaces that are named after this one's: its environments.
  const others = (value?.prefixes ?? []).filter(
    ({ app, namespace, service }) =>
      service !== own &&
      app === binding.app &&
      (namespace.startsWith(`${binding.namespace}-`) ||
        binding.namespace.startsWith(`${namespace}-`)),
  );
  const choices = [
    { id: own, label: binding.namespace },
    ...others.map(({ service, namespace }) => ({
      id: service,
      label: namespace,
    })),
  ];
  const service = choices.some(({ id }) => id === chosen) ? chosen : own;
  return (
    <div className={styles.content}>
      <ScopeBar parts="cluster">
        {choices.length > 1 && (
          <Select
            size="small"
            aria-label={t('page.environment')}
            options={choices}
            value={service}
            onChange={key => setChosen(String(key ?? ''))}
          />
        )}
      </ScopeBar>
      {error && (
        <ProblemPanel
          sources={[
            {
              name: t('page.title'),
              state: error.name === 'NotAllowedError' ? 'forbidden' : 'failed',
              reason:
                error.name === 'NotFoundError'
                  ? t('page.notConfigured')
                  : error.message,
            },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      <ConfigView
        key={service}
        service={service}
        prefixes={value?.prefixes ?? []}
      />
    </div>
  );
}
