import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { WorkloadState } from '@orrery/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import styles from './StateMark.module.css';

const GLYPHS: Record<WorkloadState, string> = {
  Failing: '✕',
  Degraded: '!',
  Unknown: '?',
  Progressing: '▸',
  Paused: '❚❚',
  Healthy: '✓',
  Idle: '○',
};

/** A state by glyph, colour and word. */
export function StateMark(props: { state: WorkloadState }) {
  const { state } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <span className={styles.mark} data-state={state}>
      <span aria-hidden="true">{GLYPHS[state]}</span>{' '}
      {t(`workload.state.${state}`)}
    </span>
  );
}
