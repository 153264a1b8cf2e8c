import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useFormat } from '../../hooks';
import { orreryReactTranslationRef } from '../../translation';
import styles from './LiveIndicator.module.css';

/** @public */
export type LiveIndicatorProps = {
  /** `past` shows a moment instead of following. */
  state: 'live' | 'past' | 'connecting' | 'broken';
  /** Instant of what is shown, RFC 3339. */
  at?: string;
  /** Why the line is broken. */
  reason?: string;
  onBackToLive?: () => void;
};

/** Whether what one sees is now, and since when it is not. @public */
export function LiveIndicator(props: LiveIndicatorProps) {
  const { state, at, reason = '', onBackToLive } = props;
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const format = useFormat();
  const now = useNow();
  const text = {
    // What came since the last tick is not of the future.
    live: () =>
      t('live.live', {
        ago: at ? format.ago(at, Math.max(now, Date.parse(at))) : '',
      }),
    past: () => t('live.past', { at: at ? format.instant(at) : '' }),
    connecting: () => t('live.connecting'),
    broken: () => t('live.broken', { reason }),
  };
  return (
    <span className={styles.indicator} data-state={state}>
      <span className={styles.dot} aria-hidden="true" />
      <span title={at && format.instant(at)}>{text[state]()}</span>
      {state === 'past' && onBackToLive && (
        <Button size="small" variant="secondary" onPress={onBackToLive}>
          {t('live.backToLive')}
        </Button>
      )}
    </span>
  );
}

const TICK_MILLISECONDS = 1000;

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
