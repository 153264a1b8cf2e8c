import type { Entity } from '@backstage/catalog-model';
import { HealthMark } from '@orrery/backstage-plugin-orrery-react';
import { useSummaries } from '../../hooks/useSummaries';
import { isBound } from '../../model/isBound';
import { summaryOfEntity } from '../../model/bindSummary';

/** Health of a component, for a cell of a list. @public */
export function ComponentHealth(props: { entity: Entity }) {
  const { value } = useSummaries();
  const summary = summaryOfEntity(value, props.entity);
  if (!isBound(props.entity)) {
    return null;
  }
  return (
    <span title={summary?.health.reasons.join('; ')}>
      <HealthMark state={summary?.health.state ?? 'unknown'} showWord />
    </span>
  );
}

/** Versions of a component that serve traffic, for a cell of a list. @public */
export function ComponentVersions(props: { entity: Entity }) {
  const { value } = useSummaries();
  const versions = summaryOfEntity(value, props.entity)?.versions;
  return (
    <span>{versions?.join(', ') || (isBound(props.entity) ? '–' : '')}</span>
  );
}
