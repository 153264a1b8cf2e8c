import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import type {
  Build,
  BuildPlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import { ProblemPanel } from '@orrery/backstage-plugin-orrery-react';
import { useBuildDetails } from '../../hooks/useBuilds';
import { formatDuration } from '../../model/duration';
import { deliveryTranslationRef } from '../../translation';
import { BuildProgress } from './BuildProgress';
import styles from './Builds.module.css';
import { BuildStateMark } from './BuildStateMark';

/** @public */
export type BuildStagesProps = { place: BuildPlaceInput; build: Build };

/** The stages of a build, and how far it is while it runs. */
export function BuildStages(props: BuildStagesProps) {
  const { place, build } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const isRunning = build.state === 'running';
  const { value, error, retry } = useBuildDetails(
    place,
    build.number,
    isRunning,
  );
  return (
    <section aria-label={t('build.stages')} className={styles.stagesPart}>
      {isRunning && <BuildProgress build={build} />}
      {error && (
        <ProblemPanel
          sources={[
            { name: t('build.stages'), state: 'failed', reason: error.message },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={48} />}
      {value?.stagesReason && <Text>{value.stagesReason}</Text>}
      {value && !value.stagesReason && value.stages.length === 0 && (
        <Text>{t('build.noStages')}</Text>
      )}
      {value && value.stages.length > 0 && (
        <ol className={styles.stages}>
          {value.stages.map(({ name, state, durationMilliseconds }, index) => (
            <li
              key={`${name} ${index}`}
              className={styles.stage}
              data-state={state}
            >
              <div className={styles.stageName}>{name}</div>
              <BuildStateMark state={state} />{' '}
              <span className={styles.small}>
                {state === 'queued' || durationMilliseconds === undefined
                  ? ''
                  : formatDuration(durationMilliseconds)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
