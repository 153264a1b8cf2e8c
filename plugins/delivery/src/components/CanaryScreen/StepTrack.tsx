import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import type { CanaryStep } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { deliveryTranslationRef } from '../../translation';
import styles from './StepTrack.module.css';

const GLYPHS: Record<CanaryStep['state'], string> = {
  done: '✓',
  current: '●',
  next: '',
  skipped: '»',
  failed: '×',
};

/** @public */
export type StepTrackProps = { steps: readonly CanaryStep[] };

/** The steps of a canary on one line, the current one marked by shape, colour and word. */
export function StepTrack(props: StepTrackProps) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  return (
    <ol className={styles.track} aria-label={t('canary.steps')}>
      {props.steps.map(step => (
        <li
          key={step.index}
          className={styles.step}
          data-state={step.state}
          data-kind={step.kind}
          aria-current={step.state === 'current' ? 'step' : undefined}
          title={step.note}
        >
          <span className={styles.mark} aria-hidden="true">
            {GLYPHS[step.state] || step.index + 1}
          </span>
          <span className={styles.title}>
            {t(`step.${step.kind}`, { title: step.title })}
          </span>
          <VisuallyHidden>{t(`stepState.${step.state}`)}</VisuallyHidden>
          {step.startedAt && (
            <span className={styles.time}>{format.time(step.startedAt)}</span>
          )}
          {step.state === 'current' && step.note && (
            <span className={styles.time}>{step.note}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
