import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Skeleton, Tag, TagGroup } from '@backstage/ui';
import {
  bindEntity,
  type Binding,
} from '@orrery/backstage-plugin-orrery-common';
import {
  ProblemPanel,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useMemo } from 'react';
import { useBranchBuilds } from '../../hooks/useBranchBuilds';
import { useBuildsChanges, useSource } from '../../hooks/useBuilds';
import { ServiceBuildsContext } from '../../hooks/ServiceBuildsContext';
import { useCanaries } from '../../hooks/useCanaries';
import { useReleaseWorkloads } from '../../hooks/useReleaseFacts';
import { canariesOfBinding } from '../../model/canariesOfBinding';
import { placeOfBinding } from '../../model/placeOfBinding';
import { usualSteps, type UsualSteps } from '../../model/usualSteps';
import { deliveryTranslationRef } from '../../translation';
import { BuildsSection } from '../Builds';
import { CanaryScreen } from '../CanaryScreen';
import { EntityStrip } from '../DeliveryStrip';
import { EntityReleases } from '../Releases';
import { WorkloadsSection } from '../WorkloadsSection';
import styles from './EntityDeliveryContent.module.css';

/** Everything about how a service is delivered. */
export function EntityDeliveryContent() {
  const { entity } = useEntity();
  const binding = useMemo(() => bindEntity(entity), [entity]);
  const usual = useMemo(() => usualSteps(entity), [entity]);
  return binding ? <BoundContent binding={binding} usual={usual} /> : null;
}

function BoundContent(props: { binding: Binding; usual?: UsualSteps }) {
  const { binding } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [chosen, setChosen] = useUrlParameter('canary', '');
  const { value, error, retry } = useCanaries({
    cluster: binding.cluster,
    app: binding.app,
  });
  const { cluster, app } = binding;
  const workloads = useReleaseWorkloads({ cluster, app });
  const place = placeOfBinding(binding, workloads.value?.items ?? []);
  const builds = useBranchBuilds(place);
  const source = useSource(place);
  const refreshBuilds = builds.refresh;
  const refreshSource = source.retry;
  const refresh = useCallback(() => {
    refreshBuilds();
    refreshSource();
  }, [refreshBuilds, refreshSource]);
  useBuildsChanges(place, refresh);
  const canaries = value ? canariesOfBinding(value, binding) : [];
  const shown = canaries.find(({ ref }) => ref === chosen) ?? canaries[0];
  return (
    <div className={styles.content}>
      <EntityStrip
        binding={binding}
        source={source}
        builds={builds.ofService}
        canaries={value && canaries}
        usual={props.usual}
        onChanged={retry}
      />
      {error && (
        <ProblemPanel
          sources={[
            { name: t('card.title'), state: 'failed', reason: error.message },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={240} />}
      {canaries.length > 1 && (
        <TagGroup
          aria-label={t('card.title')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[shown.ref]}
          onSelectionChange={keys => setChosen(String([...keys][0] ?? ''))}
        >
          {canaries.map(canary => (
            <Tag key={canary.ref} id={canary.ref}>
              {canary.ref.split('/').slice(1).join(' / ')}
            </Tag>
          ))}
        </TagGroup>
      )}
      {shown && <CanaryScreen canaryRef={shown.ref} />}
      <EntityReleases binding={binding} />
      {place && (
        <BuildsSection
          place={place}
          builds={builds.shown}
          onBranch={builds.choose}
        />
      )}
      <ServiceBuildsContext.Provider value={builds.ofService}>
        <WorkloadsSection binding={binding} />
      </ServiceBuildsContext.Provider>
    </div>
  );
}
