import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import { useState } from 'react';
import {
  PROBE_NUMBERS,
  probeFormOf,
  probeOfForm,
  PROBE_WAYS,
  type ProbeForm,
} from '../../model/probeForm';
import { deployableContainers } from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import { ContainerSelect } from './ContainerSelect';
import styles from './WorkloadActions.module.css';
import type { WorkloadDialogProps } from './WorkloadActionDialog';
import { WorkloadChangeDialog } from './WorkloadChangeDialog';

const PROBES = ['readiness', 'liveness', 'startup'] as const;

type ProbeName = (typeof PROBES)[number];

/** How Kubernetes asks a container whether it is well. */
export function ProbesDialog(props: WorkloadDialogProps) {
  const { details, onClose } = props;
  const { name, namespace, ref } = details.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [containers] = useState(() => deployableContainers(details));
  const [container, setContainer] = useState(containers[0]?.name);
  const [probe, setProbe] = useState<ProbeName>('readiness');
  const [edited, setEdited] = useState<ProbeForm>();
  const before = containers.find(one => one.name === container)?.probes[probe];
  const present = probeFormOf(before);
  const form = edited ?? present;
  const change = (part: Partial<ProbeForm>) => setEdited({ ...form, ...part });
  const isChanged = JSON.stringify(form) !== JSON.stringify(present);
  const wanted = probeOfForm(form, before);
  const target = { container };
  const input =
    form.way === 'none'
      ? { ...target, remove: [probe] }
      : wanted && { ...target, [probe]: wanted };
  return (
    <WorkloadChangeDialog
      title={t('workloadAction.title.probes', {
        probe: t(`workload.${probe}`),
        name,
        namespace,
      })}
      workload={ref}
      managedBy={details.summary.managedBy}
      action="set-probes"
      input={isChanged ? input : undefined}
      onClose={onClose}
    >
      <ContainerSelect
        containers={containers}
        value={container}
        onChange={next => {
          setContainer(next);
          setEdited(undefined);
        }}
      />
      <div className={styles.fields}>
        <Select
          label={t('workloadAction.probe')}
          options={PROBES.map(value => ({
            value,
            label: t(`workload.${value}`),
          }))}
          selectedKey={probe}
          onSelectionChange={key => {
            setProbe(PROBES.find(one => one === key) ?? 'readiness');
            setEdited(undefined);
          }}
        />
        <Select
          label={t('workloadAction.way')}
          options={PROBE_WAYS.map(value => ({
            value,
            label: t(`workloadAction.probeWay.${value}`),
          }))}
          selectedKey={form.way}
          onSelectionChange={key =>
            change({ way: PROBE_WAYS.find(one => one === key) ?? 'none' })
          }
        />
      </div>
      {form.way !== 'none' && (
        <div className={styles.fields}>
          {form.way === 'httpGet' && (
            <TextField
              label={t('workloadAction.path')}
              value={form.path}
              onChange={path => change({ path })}
            />
          )}
          {form.way === 'exec' ? (
            <TextField
              label={t('workloadAction.command')}
              value={form.command}
              onChange={command => change({ command })}
            />
          ) : (
            <TextField
              label={t('workloadAction.port')}
              value={form.port}
              onChange={port => change({ port })}
            />
          )}
          {PROBE_NUMBERS.map(field => (
            <TextField
              key={field}
              label={t(`workloadAction.${field}`)}
              inputMode="numeric"
              value={form[field]}
              onChange={text => change({ [field]: text.replace(/\D/g, '') })}
            />
          ))}
        </div>
      )}
    </WorkloadChangeDialog>
  );
}
