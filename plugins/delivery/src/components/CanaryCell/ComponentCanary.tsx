import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useCanaryLink } from '../../hooks/useCanaryLink';
import { useSharedCanaries } from '../../hooks/useSharedCanaries';
import { canariesOfBinding } from '../../model/canariesOfBinding';
import { groupCanaries } from '../../model/groupCanaries';
import { deliveryTranslationRef } from '../../translation';
import { PhaseMark } from '../DeliveryPage/PhaseMark';

/** The canary of a component that most needs a look, for a cell of a list. @public */
export function ComponentCanary(props: { entity: Entity }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const link = useCanaryLink();
  const { value, error } = useSharedCanaries();
  const binding = bindEntity(props.entity);
  if (!binding) {
    return null;
  }
  if (!value) {
    return error ? (
      <span title={t('cell.failed', { reason: error.message })}>
        {t('phase.Unknown')}
      </span>
    ) : null;
  }
  const groups = groupCanaries(canariesOfBinding(value, binding));
  const [canary] = [...groups.waiting, ...groups.failed, ...groups.progressing];
  if (!canary) {
    return <span title={t('cell.none')}>–</span>;
  }
  const { desired } = canary.weights;
  return (
    <a
      href={link(canary.ref)}
      title={canary.reason}
      style={{ color: 'inherit' }}
    >
      <PhaseMark phase={canary.phase} />
      {desired !== undefined && ` ${format.percent(desired / 100)}`}
    </a>
  );
}
