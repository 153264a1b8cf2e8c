import {
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  Alert,
  Card,
  CardBody,
  CardHeader,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { NodeDetails } from '@orrery/backstage-plugin-mesh-common';
import {
  linkWithViewState,
  type Binding,
} from '@orrery/backstage-plugin-orrery-common';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { meshApiRef } from '../../api';
import { useBoundEntity } from '../../hooks/useBoundEntity';
import { useSummaries } from '../../hooks/useSummaries';
import { summaryOfEntity } from '../../model/bindSummary';
import { meshRouteRef } from '../../routes';
import { meshTranslationRef } from '../../translation';
import { NotInMesh } from '../NotInMesh';
import { NeighbourTable } from './NeighbourTable';

const REFRESH_MILLISECONDS = 15_000;

/** Who calls a service and whom it calls. @public */
export function NeighboursCard() {
  const { t } = useTranslationRef(meshTranslationRef);
  const { entity, binding } = useBoundEntity();
  const summaries = useSummaries(binding?.cluster);
  const summary = summaryOfEntity(summaries.value, entity);
  const meshLink = useRouteRef(meshRouteRef);
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          {t('card.neighbours')}
        </Text>
      </CardHeader>
      <CardBody>
        {summaries.error && (
          <Alert
            status="warning"
            icon
            title={t('card.failed', { reason: summaries.error.message })}
          />
        )}
        {summaries.value && !summary && binding && (
          <NotInMesh binding={binding} />
        )}
        {summary && binding && <Neighbours id={summary.id} binding={binding} />}
        {summary && meshLink && (
          <Link
            href={`${linkWithViewState(meshLink(), {
              cluster: summary.cluster,
              namespaces: [summary.namespace],
              selected: summary.id,
            })}&graphType=app`}
          >
            {t('card.openMesh')}
          </Link>
        )}
      </CardBody>
    </Card>
  );
}

function Neighbours(props: { id: string; binding: Binding }) {
  const { id, binding } = props;
  const { cluster } = binding;
  const { t } = useTranslationRef(meshTranslationRef);
  const meshApi = useApi(meshApiRef);
  const ask = useCallback(
    (): Promise<NodeDetails> =>
      meshApi.node(id, {
        cluster,
        namespaces: [],
        graphType: 'app',
        duration: '1m',
      }),
    [meshApi, id, cluster],
  );
  const { value, error } = useAsyncValue(ask, REFRESH_MILLISECONDS);
  if (error) {
    return (
      <Alert
        status="warning"
        icon
        title={t('card.failed', { reason: error.message })}
      />
    );
  }
  return value ? (
    <NeighbourTable details={value} />
  ) : (
    <div role="status" aria-label={t('card.loading')}>
      <Skeleton height={96} />
    </div>
  );
}
