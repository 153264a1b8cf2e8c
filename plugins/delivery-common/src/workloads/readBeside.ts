import type { BudgetObject, EventObject, ScalerObject } from './objects';
import type { DisruptionBudget, Scaler, WorkloadEvent } from './schema';

/** A HorizontalPodAutoscaler or ScaledObject in words. @public */
export function readScaler(
  kind: Scaler['kind'],
  { metadata, spec, status }: ScalerObject,
): Scaler {
  const minimum = spec?.minReplicas ?? spec?.minReplicaCount;
  const maximum = spec?.maxReplicas ?? spec?.maxReplicaCount;
  const stuck = status?.conditions?.find(
    ({ type, status: state }) =>
      ['ScalingActive', 'AbleToScale', 'Ready'].includes(type) &&
      state === 'False',
  );
  const range =
    minimum === undefined && maximum === undefined
      ? 'in a range that is not known'
      : `between ${minimum ?? (kind === 'ScaledObject' ? 0 : 1)} and ${
          maximum ?? 'an unknown number of'
        } pods`;
  return {
    kind,
    name: metadata.name,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(status?.currentReplicas !== undefined && {
      current: status.currentReplicas,
    }),
    ...(status?.desiredReplicas !== undefined && {
      desired: status.desiredReplicas,
    }),
    sentence: stuck
      ? `${kind} ${metadata.name} cannot scale it: ${
          stuck.message ?? stuck.reason ?? 'no reason was given'
        }`
      : `${kind} ${metadata.name} scales it ${range}`,
  };
}

/** A PodDisruptionBudget in words. @public */
export function readBudget({
  metadata,
  spec,
  status,
}: BudgetObject): DisruptionBudget {
  const { minAvailable, maxUnavailable } = spec ?? {};
  const allowed = status?.disruptionsAllowed;
  const left =
    allowed === undefined
      ? 'how many may go now is not known'
      : `${allowed} may go now`;
  return {
    name: metadata.name,
    ...(minAvailable !== undefined && {
      minimumAvailable: String(minAvailable),
    }),
    ...(maxUnavailable !== undefined && {
      maximumUnavailable: String(maxUnavailable),
    }),
    ...(allowed !== undefined && { disruptionsAllowed: allowed }),
    sentence:
      minAvailable === undefined
        ? `At most ${maxUnavailable ?? 1} of its pods may be away; ${left}`
        : `At least ${minAvailable} of its pods must stay; ${left}`,
  };
}

/** Whether a budget's selector selects pods with these labels. @public */
export function budgetCovers(
  { spec }: BudgetObject,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(spec?.selector?.matchLabels ?? {});
  return (
    wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value)
  );
}

/** Events with how often they came, the newest first. @public */
export function readEvents(events: readonly EventObject[]): WorkloadEvent[] {
  return events
    .map((event): WorkloadEvent => {
      const { involvedObject: about, series } = event;
      const at =
        series?.lastObservedTime ??
        event.lastTimestamp ??
        event.eventTime ??
        event.metadata.creationTimestamp;
      const from = event.source?.component ?? event.reportingComponent;
      return {
        ...(at && { at }),
        ...(event.firstTimestamp && { firstAt: event.firstTimestamp }),
        count: series?.count ?? event.count ?? 1,
        type: event.type ?? 'Normal',
        reason: event.reason ?? 'Unknown',
        message: event.message ?? '',
        about: `${about?.kind ?? 'Unknown'}/${about?.name ?? 'unknown'}`,
        ...(from && { from }),
      };
    })
    .sort((left, right) => (right.at ?? '').localeCompare(left.at ?? ''));
}
