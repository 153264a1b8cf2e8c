import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CanaryPhase } from '@orrery/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import styles from './PhaseMark.module.css';

const GLYPHS: Record<CanaryPhase, string> = {
  Progressing: '▸',
  Paused: '❚❚',
  Aborted: '×',
  Failed: '!',
  Done: '✓',
  Idle: '–',
  Unknown: '?',
};

/** A phase by glyph, colour and word. */
export function PhaseMark(props: { phase: CanaryPhase }) {
  const { phase } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <span className={styles.mark} data-phase={phase}>
      <span aria-hidden="true">{GLYPHS[phase]}</span> {t(`phase.${phase}`)}
    </span>
  );
}
