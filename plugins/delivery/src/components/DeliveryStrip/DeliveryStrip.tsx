import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody } from '@backstage/ui';
import type {
  BuildsResponse,
  CanarySummary,
  Release,
  SourceResponse,
  WorkloadSummary,
} from '@orrery/backstage-plugin-delivery-common';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';
import {
  useFormat,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import {
  environmentsOf,
  type EnvironmentState,
} from '../../model/environments';
import { deliveryTranslationRef } from '../../translation';
import { PhaseMark } from '../DeliveryPage/PhaseMark';
import styles from './DeliveryStrip.module.css';
import { SectionLink } from './SectionLink';
import { BuildPart, CommitPart, ImagePart } from './StripParts';

/** @public */
export type DeliveryStripProps = {
  binding: Binding;
  workloads: readonly WorkloadSummary[];
  canaries: readonly CanarySummary[];
  releases: readonly Release[];
  source: AsyncValue<SourceResponse>;
  builds: AsyncValue<BuildsResponse>;
};

/** From commit to live in one line: what runs where, since when. */
export function DeliveryStrip(props: DeliveryStripProps) {
  const { binding, source, builds, ...facts } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const environments = environmentsOf(binding, facts);
  const live = environments.at(-1)?.workloads.at(0)?.workload;
  return (
    <Card>
      <CardBody>
        <section aria-label={t('strip.title')} className={styles.strip}>
          <CommitPart source={source} />
          <BuildPart builds={builds} />
          {live && <ImagePart workload={live} />}
          {environments.map(environment => (
            <Environment key={environment.key} environment={environment} />
          ))}
        </section>
      </CardBody>
    </Card>
  );
}

const GLYPHS: Record<WorkloadSummary['state'], string> = {
  Healthy: '✓',
  Progressing: '▸',
  Paused: '❚❚',
  Degraded: '!',
  Failing: '×',
  Unknown: '?',
  Idle: '–',
};
/** One environment seldom has more, and the strip is one line. */
const MOST_WORKLOADS = 3;

function Environment(props: { environment: EnvironmentState }) {
  const { environment } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const { name, cluster, namespace, workloads, canaries } = environment;
  const underWay = canaries.filter(
    ({ phase }) => phase !== 'Done' && phase !== 'Idle',
  );
  return (
    <div className={styles.part} role="group" aria-label={name}>
      <div className={styles.name} title={`${cluster} / ${namespace}`}>
        {workloads.length > 0 ? (
          <SectionLink
            section="delivery-workloads"
            open={{ workload: workloads[0].workload.ref }}
          >
            {name}
          </SectionLink>
        ) : (
          name
        )}
      </div>
      {workloads.slice(0, MOST_WORKLOADS).map(({ workload, since }) => (
        <div key={workload.ref}>
          <div className={styles.value} title={workload.sentence}>
            <span data-state={workload.state}>
              <span aria-hidden="true">{GLYPHS[workload.state]}</span>{' '}
              {workload.version ?? t('strip.unknown')}
            </span>{' '}
            <span className={styles.small}>
              {t('strip.podsReady', {
                ready: String(workload.pods.ready ?? '?'),
                desired: String(workload.pods.desired ?? '?'),
              })}
            </span>
          </div>
          <div className={styles.small}>
            {workloads.length > 1 && `${workload.name} · `}
            {since
              ? t('strip.since', {
                  time: `${format.day(since)} ${format.time(since)}`,
                })
              : t('strip.sinceUnknown')}
          </div>
        </div>
      ))}
      {workloads.length > MOST_WORKLOADS && (
        <div className={styles.small}>
          + {workloads.length - MOST_WORKLOADS}
        </div>
      )}
      {underWay.map(canary => (
        <div key={canary.ref} className={styles.canary} title={canary.reason}>
          <PhaseMark phase={canary.phase} />{' '}
          {t('strip.canary', {
            version: canary.canaryVersion ?? t('strip.unknown'),
            percent: format.percent(
              canary.weights.desired === undefined
                ? undefined
                : canary.weights.desired / 100,
            ),
          })}
        </div>
      ))}
    </div>
  );
}
