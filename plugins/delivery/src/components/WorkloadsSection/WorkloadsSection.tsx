import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, Skeleton, Text } from '@backstage/ui';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';
import {
  ProblemPanel,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useWorkloads } from '../../hooks/useWorkloads';
import { workloadsOfBinding } from '../../model/workloadsOfBinding';
import { deliveryTranslationRef } from '../../translation';
import { WorkloadRow } from './WorkloadRow';
import styles from './WorkloadsSection.module.css';

/** @public */
export type WorkloadsSectionProps = { binding: Binding };

/** What runs a service in all its environments; one can be opened. */
export function WorkloadsSection(props: WorkloadsSectionProps) {
  const { binding } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [chosen, setChosen] = useUrlParameter('workload', '');
  const { value, error, retry } = useWorkloads(binding.cluster, binding.app);
  const workloads = useMemo(
    () => (value ? workloadsOfBinding(value, binding) : []),
    [value, binding],
  );
  return (
    <Card>
      <CardBody>
        <section
          id="delivery-workloads"
          aria-label={t('workload.title')}
          className={styles.section}
        >
          <h2 className={styles.title}>{t('workload.title')}</h2>
          {error && (
            <ProblemPanel
              sources={[
                {
                  name: t('workload.title'),
                  state: 'failed',
                  reason: error.message,
                },
              ]}
              warnings={[]}
              onRetry={retry}
            />
          )}
          {value && <ProblemPanel {...value.provenance} onRetry={retry} />}
          {!value && !error && (
            <div role="status" aria-label={t('workload.loading')}>
              <Skeleton height={120} />
            </div>
          )}
          {value && workloads.length === 0 && (
            <Text>
              {t('workload.none', {
                app: binding.app,
                namespace: binding.namespace,
              })}
            </Text>
          )}
          <ul className={styles.list}>
            {workloads.map(workload => (
              <WorkloadRow
                key={workload.ref}
                workload={workload}
                isOpen={workload.ref === chosen}
                onToggle={() =>
                  setChosen(workload.ref === chosen ? '' : workload.ref)
                }
                onChanged={retry}
              />
            ))}
          </ul>
        </section>
      </CardBody>
    </Card>
  );
}
