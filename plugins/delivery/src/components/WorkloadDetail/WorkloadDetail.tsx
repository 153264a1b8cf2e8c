import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { ProblemPanel } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useWorkload } from '../../hooks/useWorkloads';
import { deliveryTranslationRef } from '../../translation';
import { WorkloadActions, type ChosenAction } from '../WorkloadActions';
import { WorkloadGitPanel } from '../WorkloadGit';
import { ContainersPanel } from './ContainersPanel';
import { EventsPanel } from './EventsPanel';
import { ImagesPanel } from './ImagesPanel';
import { PodsPanel } from './PodsPanel';
import styles from './WorkloadDetail.module.css';
import { WorkloadFacts } from './WorkloadFacts';

/** @public */
export type WorkloadDetailProps = {
  workloadRef: string;
  onChanged: () => void;
};

/** One workload: what can be done, its pods, containers, images and events. */
export function WorkloadDetail(props: WorkloadDetailProps) {
  const { workloadRef, onChanged } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { value, error, retry } = useWorkload(workloadRef);
  const [chosen, setChosen] = useState<ChosenAction>();
  const problem = error && (
    <ProblemPanel
      sources={[{ name: workloadRef, state: 'failed', reason: error.message }]}
      warnings={[]}
      onRetry={retry}
    />
  );
  if (!value) {
    return (
      problem ?? (
        <div role="status" aria-label={t('workload.loading')}>
          <Skeleton height={240} />
        </div>
      )
    );
  }
  return (
    <div className={styles.detail}>
      {problem ?? <ProblemPanel {...value.provenance} onRetry={retry} />}
      <WorkloadActions
        details={value}
        chosen={chosen}
        onChoose={setChosen}
        onDone={() => {
          setChosen(undefined);
          retry();
          onChanged();
        }}
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <PodsPanel
            details={value}
            onDelete={pod => setChosen({ verb: 'deletePod', pod })}
          />
          <ContainersPanel containers={value.containers} />
          <ImagesPanel
            details={value}
            onDeploy={(container, image) =>
              setChosen({ verb: 'deploy', container, image })
            }
          />
        </div>
        <aside className={styles.side}>
          <WorkloadFacts details={value} />
          <WorkloadGitPanel summary={value.summary} />
          <EventsPanel events={value.events} />
        </aside>
      </div>
    </div>
  );
}
