import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type { WorkloadContainer } from '@orrery/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';

/** @public */
export type ContainerSelectProps = {
  containers: readonly WorkloadContainer[];
  value: string | undefined;
  onChange: (container: string) => void;
};

/** Which container is meant; not asked where there is only one. */
export function ContainerSelect(props: ContainerSelectProps) {
  const { containers, value, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return containers.length < 2 ? null : (
    <Select
      label={t('workload.container')}
      options={containers.map(({ name }) => ({ value: name, label: name }))}
      selectedKey={value}
      onSelectionChange={key => onChange(String(key))}
    />
  );
}
