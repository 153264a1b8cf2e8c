import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import type { HealthState } from '@orrery/backstage-plugin-orrery-common';
import { orreryReactTranslationRef } from '../../translation';
import styles from './HealthMark.module.css';

const GLYPHS: Record<HealthState, string> = {
  failing: '✕',
  degraded: '!',
  unknown: '?',
  healthy: '✓',
  idle: '○',
};

/** @public */
export type HealthMarkProps = {
  state: HealthState;
  /** Writes the word beside the glyph; otherwise only screen readers hear it. */
  showWord?: boolean;
};

/** Health as glyph and colour, and always as a word. @public */
export function HealthMark(props: HealthMarkProps) {
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const word = t(`health.${props.state}`);
  return (
    <span className={styles.mark} data-state={props.state}>
      <span className={styles.glyph} aria-hidden="true">
        {GLYPHS[props.state]}
      </span>
      {props.showWord ? (
        <span>{word}</span>
      ) : (
        <VisuallyHidden>{word}</VisuallyHidden>
      )}
    </span>
  );
}
