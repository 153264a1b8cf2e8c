import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { BuildPlaceInput } from '@orrery/backstage-plugin-delivery-common';
import {
  LiveIndicator,
  ProblemPanel,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useBuildLog } from '../../hooks/useBuildLog';
import { deliveryTranslationRef } from '../../translation';
import styles from './Builds.module.css';
import { ConsoleLines } from './ConsoleLines';

/** @public */
export type BuildLogProps = {
  place: BuildPlaceInput;
  number: number;
  /** Where the whole of it is. */
  url: string;
};

/** The console of a build, as it is written. */
export function BuildLog(props: BuildLogProps) {
  const { place, number, url } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { lines, rest, dropped, state, error, at, retry } = useBuildLog(
    place,
    number,
  );
  const shown = useMemo(
    () => (rest === '' ? lines : [...lines, rest]),
    [lines, rest],
  );
  const label = t('build.logOf', { number: String(number) });
  return (
    <section aria-label={label} className={styles.logPart}>
      <div className={styles.logHead}>
        <h4 className={styles.heading}>{t('build.log')}</h4>
        {state === 'ended' ? (
          <span className={styles.small} role="status">
            {t('build.logEnded')}
          </span>
        ) : (
          <LiveIndicator
            state={state}
            at={at === undefined ? undefined : new Date(at).toISOString()}
            reason={error?.message}
          />
        )}
        <a
          className={styles.link}
          href={`${url.replace(/\/$/, '')}/console`}
          target="_blank"
          rel="noreferrer"
        >
          {t('build.inJenkins')}
        </a>
      </div>
      {error && (
        <ProblemPanel
          sources={[{ name: label, state: 'failed', reason: error.message }]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      <ConsoleLines
        key={number}
        lines={shown}
        first={dropped + 1}
        label={label}
        emptyText={t(state === 'ended' ? 'build.noLines' : 'pod.waiting')}
      />
      <div className={styles.small}>
        {t('build.lines', { number: String(shown.length) })}
        {dropped > 0 && ` · ${t('build.dropped', { number: String(dropped) })}`}
      </div>
    </section>
  );
}
