import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { BuildState } from '@orrery/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import styles from './BuildStateMark.module.css';

const GLYPHS: Record<BuildState, string> = {
  queued: '…',
  running: '▸',
  succeeded: '✓',
  unstable: '!',
  failed: '✕',
  aborted: '■',
  unknown: '?',
};

/** The state of a build or of a stage by glyph, colour and word. */
export function BuildStateMark(props: { state: BuildState }) {
  const { state } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <span className={styles.mark} data-state={state}>
      <span aria-hidden="true">{GLYPHS[state]}</span>{' '}
      {t(`build.state.${state}`)}
    </span>
  );
}
