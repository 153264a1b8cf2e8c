import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextField } from '@backstage/ui';
import type { WorkloadContainer } from '@orrery/backstage-plugin-delivery-common';
import { useState } from 'react';
import { deployableContainers } from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import { ContainerSelect } from './ContainerSelect';
import styles from './WorkloadActions.module.css';
import type { WorkloadDialogProps } from './WorkloadActionDialog';
import { WorkloadChangeDialog } from './WorkloadChangeDialog';

const PARTS = ['requests', 'limits'] as const;
const NAMES = ['cpu', 'memory'] as const;

type Quantities = Pick<WorkloadContainer, (typeof PARTS)[number]>;

const quantitiesOf = (
  container: WorkloadContainer | undefined,
): Quantities => ({
  requests: container?.requests ?? {},
  limits: container?.limits ?? {},
});

/** Without the names whose field is empty. */
const filled = (quantities: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(quantities).filter(([, text]) => text.trim() !== ''),
  );

/** What a container asks for and may use. */
export function ResourcesDialog(props: WorkloadDialogProps) {
  const { details, onClose } = props;
  const { name, namespace, ref } = details.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [containers] = useState(() => deployableContainers(details));
  const find = (wanted: string | undefined) =>
    containers.find(one => one.name === wanted);
  const [container, setContainer] = useState(containers[0]?.name);
  const [quantities, setQuantities] = useState(() =>
    quantitiesOf(containers[0]),
  );
  const before = quantitiesOf(find(container));
  const changed = PARTS.filter(part =>
    [...NAMES].some(
      key => (quantities[part][key] ?? '') !== (before[part][key] ?? ''),
    ),
  );
  return (
    <WorkloadChangeDialog
      title={t('workloadAction.of.resources', { name, namespace })}
      workload={ref}
      managedBy={details.summary.managedBy}
      action="set-resources"
      input={
        changed.length > 0
          ? {
              container,
              ...Object.fromEntries(
                changed.map(part => [part, filled(quantities[part])]),
              ),
            }
          : undefined
      }
      onClose={onClose}
    >
      <ContainerSelect
        containers={containers}
        value={container}
        onChange={next => {
          setContainer(next);
          setQuantities(quantitiesOf(find(next)));
        }}
      />
      <div className={styles.fields}>
        {PARTS.flatMap(part =>
          NAMES.map(key => (
            <TextField
              key={`${part} ${key}`}
              label={t(`workloadAction.${part}.${key}`)}
              value={quantities[part][key] ?? ''}
              onChange={text =>
                setQuantities(current => ({
                  ...current,
                  [part]: { ...current[part], [key]: text },
                }))
              }
            />
          )),
        )}
      </div>
      <p className={styles.note}>{t('workloadAction.resourcesHelp')}</p>
    </WorkloadChangeDialog>
  );
}
