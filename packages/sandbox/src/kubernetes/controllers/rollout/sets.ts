import { timestamp } from '../../storage/timestamp';
import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asTexts,
  sameJson,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import { ownedBy } from '../owner-index';
import { podsOf } from '../replicas';
import { inheritedAnnotations } from '../revisions';
import {
  availableOf,
  isFullyPromoted,
  replicaSets,
  revisionOfRollout,
  rolloutComponent,
  rolloutHashLabel,
  rolloutRevision,
  rollouts,
  scaleDownDeadline,
  wantedOf,
  type RolloutView,
} from './rollout';

const ephemeralKey = 'rollout.argoproj.io/ephemeral-metadata';

function withAnnotation(
  object: KubernetesObject,
  key: string,
  value: string | undefined,
): KubernetesObject {
  const annotations = { ...object.metadata.annotations };
  if (value === undefined) delete annotations[key];
  else annotations[key] = value;
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Makes the ReplicaSet of the present template when there is none, and numbers it as the latest revision. */
export function ensureNewest(
  context: ControllerContext,
  view: RolloutView,
): void {
  const { store, events, settling } = context;
  const { rollout, newest, all, hash } = view;
  const latest = Math.max(0, ...all.map(revisionOfRollout));
  const revision =
    newest && revisionOfRollout(newest) === latest && latest > 0
      ? latest
      : latest + 1;
  if (newest) {
    store.put(
      replicaSets,
      withAnnotation(newest, rolloutRevision, String(revision)),
    );
  } else {
    const template = asObject(rollout.spec?.template);
    const metadata = asObject(template.metadata);
    const labels = { ...asTexts(metadata.labels), [rolloutHashLabel]: hash };
    const selector = asObject(rollout.spec?.selector);
    const annotations = inheritedAnnotations(rollout);
    delete annotations[rolloutRevision];
    const name = `${rollout.metadata.name}-${hash}`;
    store.put(replicaSets, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        namespace: rollout.metadata.namespace,
        labels,
        annotations: {
          ...annotations,
          'rollout.argoproj.io/desired-replicas': String(view.replicas),
          [rolloutRevision]: String(revision),
        },
        ownerReferences: [ownedBy(rollout)],
        ...(settling
          ? { creationTimestamp: rollout.metadata.creationTimestamp }
          : {}),
      },
      spec: {
        replicas: 0,
        ...(rollout.spec?.minReadySeconds
          ? { minReadySeconds: rollout.spec.minReadySeconds }
          : {}),
        selector: {
          ...selector,
          matchLabels: {
            ...asTexts(selector.matchLabels),
            [rolloutHashLabel]: hash,
          },
        },
        template: { ...template, metadata: { ...metadata, labels } },
      },
      status: { replicas: 0 },
    });
    events.record(
      rollout,
      'Normal',
      'NewReplicaSetCreated',
      `Created ReplicaSet ${name} (revision ${revision})`,
      rolloutComponent,
    );
  }
  if (revisionOfRollout(rollout) !== revision) {
    store.put(
      rollouts,
      withAnnotation(rollout, rolloutRevision, String(revision)),
    );
    events.record(
      rollout,
      'Normal',
      'RolloutUpdated',
      `Rollout updated to revision ${revision}`,
      rolloutComponent,
    );
  }
}

/** Gives a ReplicaSet another size. */
export function resizeSet(
  context: ControllerContext,
  view: RolloutView,
  set: KubernetesObject | undefined,
  size: number,
): void {
  const current =
    set &&
    context.store.get(replicaSets, set.metadata.namespace, set.metadata.name);
  if (!current) return;
  const before = wantedOf(current);
  if (before === size) return;
  const kept =
    size > 0 ? current : withAnnotation(current, scaleDownDeadline, undefined);
  context.store.put(replicaSets, {
    ...kept,
    spec: { ...kept.spec, replicas: size },
  });
  const direction = size > before ? 'up' : 'down';
  context.events.record(
    view.rollout,
    'Normal',
    'ScalingReplicaSet',
    `Scaled ${direction} ReplicaSet ${
      set.metadata.name
    } (revision ${revisionOfRollout(set)}) from ${before} to ${size}`,
    rolloutComponent,
  );
}

/** Takes back that a ReplicaSet is to be scaled down. */
export function keepSet(
  context: ControllerContext,
  set: KubernetesObject | undefined,
): void {
  if (set?.metadata.annotations?.[scaleDownDeadline] === undefined) return;
  context.store.put(
    replicaSets,
    withAnnotation(set, scaleDownDeadline, undefined),
  );
}

/**
 * Scales a ReplicaSet down after a delay that is noted on it.
 * Returns the instant at which to look again, when that is later.
 */
export function scaleDownLater(
  context: ControllerContext,
  view: RolloutView,
  set: KubernetesObject,
  seconds: number,
): number | undefined {
  if (wantedOf(set) === 0) return undefined;
  const now = context.clock.now();
  const noted = set.metadata.annotations?.[scaleDownDeadline];
  const due = noted ? Date.parse(noted) : now + seconds * 1000;
  if (now >= due || context.settling) {
    resizeSet(context, view, set, 0);
    return undefined;
  }
  if (!noted) {
    context.store.put(
      replicaSets,
      withAnnotation(set, scaleDownDeadline, timestamp(due)),
    );
  }
  return due;
}

type Metadata = {
  labels: Record<string, string>;
  annotations: Record<string, string>;
};

function metadataOf(value: unknown): Metadata {
  const { labels, annotations } = asObject(value);
  return { labels: asTexts(labels), annotations: asTexts(annotations) };
}

function exchanged(
  metadata: JsonObject,
  before: Metadata,
  after: Metadata,
): JsonObject {
  const swap = (field: keyof Metadata) => {
    const entries = asTexts(metadata[field]);
    for (const key of Object.keys(before[field])) delete entries[key];
    const all = { ...entries, ...after[field] };
    return Object.keys(all).length ? { [field]: all } : {};
  };
  return { ...metadata, ...swap('labels'), ...swap('annotations') };
}

function writeEphemeral(
  context: ControllerContext,
  set: KubernetesObject,
  wanted: Metadata,
): void {
  const text = set.metadata.annotations?.[ephemeralKey];
  const before = metadataOf(text ? JSON.parse(text) : {});
  if (sameJson(before, wanted)) return;
  const template = asObject(set.spec?.template);
  context.store.put(replicaSets, {
    ...withAnnotation(set, ephemeralKey, JSON.stringify(wanted)),
    spec: {
      ...set.spec,
      template: {
        ...template,
        metadata: exchanged(asObject(template.metadata), before, wanted),
      },
    },
  });
  for (const pod of podsOf(context, set)) {
    context.store.put('pods', {
      ...pod,
      metadata: {
        ...pod.metadata,
        ...exchanged({ ...pod.metadata }, before, wanted),
      },
    });
  }
}

/** Keeps the labels and annotations that only the canary's or only stable pods carry. */
export function syncEphemeral(
  context: ControllerContext,
  view: RolloutView,
): void {
  const { canary, newest, stable } = view;
  if (!canary?.canaryMetadata && !canary?.stableMetadata) return;
  const ofStable = metadataOf(canary.stableMetadata);
  const ofCanary = metadataOf(canary.canaryMetadata);
  const initial = !stable || isFullyPromoted(view);
  if (newest) writeEphemeral(context, newest, initial ? ofStable : ofCanary);
  if (stable && stable !== newest) writeEphemeral(context, stable, ofStable);
}

/** Deletes idle ReplicaSets beyond the limit of revisions (10 by default), the oldest first. */
export function forgetSets(
  context: ControllerContext,
  { rollout, others }: RolloutView,
): void {
  const limit = asNumber(rollout.spec?.revisionHistoryLimit) ?? 10;
  const idle = others.filter(
    set => wantedOf(set) === 0 && !asNumber(set.status?.replicas),
  );
  for (const { metadata } of idle.slice(0, Math.max(0, idle.length - limit))) {
    context.store.delete(replicaSets, metadata.namespace, metadata.name);
  }
}

/** Deletes pods older than `restartAt`, as many as may be unavailable. True while there is still something to restart. */
export function restartPods(
  context: ControllerContext,
  view: RolloutView,
): boolean {
  const { rollout, status, all } = view;
  const wanted = rollout.spec?.restartAt;
  if (typeof wanted !== 'string' || status.restartedAt === wanted) return false;
  const instant = Date.parse(wanted);
  if (Number.isNaN(instant) || instant > context.clock.now()) return false;
  const old = all
    .flatMap(set => podsOf(context, set))
    .filter(
      pod =>
        !pod.metadata.deletionTimestamp &&
        Date.parse(pod.metadata.creationTimestamp ?? '') < instant,
    );
  const available = all.reduce((sum, set) => sum + availableOf(set), 0);
  const asked = all.reduce((sum, set) => sum + wantedOf(set), 0);
  const spare =
    Math.max(1, Math.floor(view.replicas * 0.25)) -
    Math.max(0, asked - available);
  for (const pod of old.slice(0, Math.max(0, spare))) {
    context.store.put('pods', {
      ...pod,
      metadata: {
        ...pod.metadata,
        deletionTimestamp: timestamp(context.clock.now()),
        deletionGracePeriodSeconds: 30,
      },
    });
  }
  return old.length > 0;
}
