import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, TextField } from '@backstage/ui';
import type { EnvironmentValue } from '@orrery/backstage-plugin-delivery-common';
import { useState } from 'react';
import { deployableContainers } from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import { ContainerSelect } from './ContainerSelect';
import styles from './WorkloadActions.module.css';
import type { WorkloadDialogProps } from './WorkloadActionDialog';
import { WorkloadChangeDialog } from './WorkloadChangeDialog';

type Edits = {
  set: Readonly<Record<string, string>>;
  removed: readonly string[];
  added: { name: string; value: string };
};

const NOTHING: Edits = { set: {}, removed: [], added: { name: '', value: '' } };

/** Adds, changes and removes environment variables. */
export function EnvironmentDialog(props: WorkloadDialogProps) {
  const { details, onClose } = props;
  const { name, namespace, ref } = details.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [containers] = useState(() => deployableContainers(details));
  const [container, setContainer] = useState(containers[0]?.name);
  const [edits, setEdits] = useState(NOTHING);
  // What a container takes as a whole from elsewhere has no name of its own.
  const variables = (
    containers.find(one => one.name === container)?.environment ?? []
  ).filter(variable => !variable.name.endsWith('*'));
  const { removed, added } = edits;
  const set = [
    ...variables.flatMap(({ name: key, value }) => {
      const next = edits.set[key];
      return next === undefined || next === value || removed.includes(key)
        ? []
        : [{ name: key, value: next }];
    }),
    ...(added.name.trim() === ''
      ? []
      : [{ name: added.name.trim(), value: added.value }]),
  ];
  const isChanged = set.length > 0 || removed.length > 0;
  return (
    <WorkloadChangeDialog
      title={t('workloadAction.of.environment', { name, namespace })}
      workload={ref}
      managedBy={details.summary.managedBy}
      action="set-environment"
      input={isChanged ? { container, set, remove: removed } : undefined}
      onClose={onClose}
    >
      <ContainerSelect
        containers={containers}
        value={container}
        onChange={next => {
          setContainer(next);
          setEdits(NOTHING);
        }}
      />
      <div className={styles.variables}>
        {variables.map(variable => (
          <Variable
            key={variable.name}
            variable={variable}
            value={edits.set[variable.name] ?? variable.value ?? ''}
            isRemoved={removed.includes(variable.name)}
            onChange={value =>
              setEdits({
                ...edits,
                set: { ...edits.set, [variable.name]: value },
              })
            }
            onRemove={isRemoved =>
              setEdits({
                ...edits,
                removed: isRemoved
                  ? [...removed, variable.name]
                  : removed.filter(key => key !== variable.name),
              })
            }
          />
        ))}
      </div>
      <div className={styles.fields}>
        <TextField
          label={t('workloadAction.newName')}
          value={added.name}
          onChange={key =>
            setEdits({ ...edits, added: { ...added, name: key } })
          }
        />
        <TextField
          label={t('workloadAction.newValue')}
          value={added.value}
          onChange={value => setEdits({ ...edits, added: { ...added, value } })}
        />
      </div>
    </WorkloadChangeDialog>
  );
}

function Variable(props: {
  variable: EnvironmentValue;
  value: string;
  isRemoved: boolean;
  onChange: (value: string) => void;
  onRemove: (isRemoved: boolean) => void;
}) {
  const { variable, value, isRemoved, onChange, onRemove } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { name, from, reference = '', isMasked } = variable;
  return (
    <div className={styles.variable} data-removed={isRemoved}>
      {from ? (
        <span
          className={styles.reference}
        >{`${name}: ${from} ${reference}`}</span>
      ) : (
        <TextField
          label={name}
          description={isMasked ? t('workloadAction.masked') : undefined}
          isDisabled={isRemoved}
          value={value}
          onChange={onChange}
        />
      )}
      <Button
        size="small"
        variant="secondary"
        aria-label={t(
          isRemoved
            ? 'workloadAction.keepVariable'
            : 'workloadAction.removeVariable',
          { name },
        )}
        onPress={() => onRemove(!isRemoved)}
      >
        {t(isRemoved ? 'workloadAction.keep' : 'workloadAction.remove')}
      </Button>
    </div>
  );
}
