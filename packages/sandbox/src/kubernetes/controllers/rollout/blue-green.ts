import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asText,
  asTexts,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import { pauseCondition } from './canary-counts';
import type { StrategyResult } from './canary';
import type { Pauses } from './pauses';
import { isSuccessful, runAnalyses, type AnalysisPlan } from './run-analyses';
import {
  availableOf,
  hashOf,
  isFullyPromoted,
  revisionOfRollout,
  rolloutComponent,
  rolloutHashLabel,
  type RolloutView,
} from './rollout';
import { keepSet, resizeSet, scaleDownLater } from './sets';

const promotionPause = 'BlueGreenPause';
const before = 'prePromotionAnalysisRunStatus';
const after = 'postPromotionAnalysisRunStatus';

function selectorOf(
  { store }: ControllerContext,
  { rollout }: RolloutView,
  service: unknown,
): string | undefined {
  const found = store.get(
    'services',
    rollout.metadata.namespace,
    asText(service) ?? '',
  );
  return asTexts(found?.spec?.selector)[rolloutHashLabel];
}

function point(
  context: ControllerContext,
  view: RolloutView,
  service: unknown,
  hash: string,
): void {
  const name = asText(service);
  if (!name || !hash) return;
  const { namespace } = view.rollout.metadata;
  const found = context.store.get('services', namespace, name);
  if (!found) throw new Error(`service "${name}" not found`);
  if (selectorOf(context, view, name) === hash) return;
  context.store.put('services', {
    ...found,
    spec: {
      ...found.spec,
      selector: { ...asTexts(found.spec?.selector), [rolloutHashLabel]: hash },
    },
  });
  context.events.record(
    view.rollout,
    'Normal',
    'SwitchService',
    `Switched selector for service '${name}' to value '${hash}'`,
    rolloutComponent,
  );
}

function plan(
  blueGreen: JsonObject,
  type: 'PrePromotion' | 'PostPromotion',
): AnalysisPlan[] {
  const early = type === 'PrePromotion';
  const analysis = early
    ? blueGreen.prePromotionAnalysis
    : blueGreen.postPromotionAnalysis;
  return analysis
    ? [
        {
          field: early ? before : after,
          type,
          analysis: asObject(analysis),
          labels: { 'rollout-type': type },
          suffix: early ? '-pre' : '-post',
          failure: `Blue/green ${
            early ? 'pre' : 'post'
          }-promotion analysis phase error/failed`,
        },
      ]
    : [];
}

/** Whether people or the clock let the new version take over. */
function mayPromote(
  view: RolloutView,
  pauses: Pauses,
  now: number,
  due: number[],
): boolean {
  const { blueGreen = {}, status } = view;
  if (status.promoteFull === true || !view.stable) return true;
  const pause = pauseCondition(status, promotionPause);
  const seconds = asNumber(blueGreen.autoPromotionSeconds);
  if (!pause) {
    if (blueGreen.autoPromotionEnabled !== false && seconds === undefined) {
      return true;
    }
    if (status.controllerPause === true) return true;
    pauses.add(promotionPause);
    return false;
  }
  if (seconds === undefined) return false;
  const end = Date.parse(asText(pause.startTime) ?? '') + seconds * 1000;
  if (now < end) due.push(end);
  else pauses.remove(promotionPause);
  return now >= end;
}

function resize(
  context: ControllerContext,
  view: RolloutView,
  pauses: Pauses,
  size: number,
): number[] {
  const { newest, stable, others, blueGreen = {}, replicas } = view;
  const delay = asNumber(blueGreen.scaleDownDelaySeconds) ?? 30;
  const later = (set: KubernetesObject, seconds: number) =>
    scaleDownLater(context, view, set, seconds) ?? 0;
  const due: number[] = [];
  if (stable && stable !== newest) resizeSet(context, view, stable, replicas);
  if (newest && pauses.aborted && stable && stable !== newest) {
    const seconds = asNumber(blueGreen.abortScaleDownDelaySeconds) ?? 30;
    if (seconds > 0) due.push(later(newest, seconds));
  } else if (newest) {
    keepSet(context, newest);
    resizeSet(context, view, newest, size);
  }
  for (const set of others) due.push(later(set, delay));
  return due.filter(instant => instant > 0);
}

/**
 * One reconciliation of a blue-green strategy.
 * @throws Error when a service or an analysis template is missing
 */
export function reconcileBlueGreen(
  context: ControllerContext,
  view: RolloutView,
  pauses: Pauses,
): StrategyResult {
  const { blueGreen = {}, newest, stable, replicas, status, hash } = view;
  const now = context.clock.now();
  const known = asObject(status.blueGreen);
  const active = selectorOf(context, view, blueGreen.activeService);
  const switched = active === hash;
  const preview = asNumber(blueGreen.previewReplicaCount);
  const due: number[] = [];
  let fields: JsonObject = {};
  if (status.promoteFull === true) pauses.reset();
  point(context, view, blueGreen.previewService, hash);
  const waiting = stable !== undefined && !isFullyPromoted(view) && !switched;
  const least = waiting ? preview ?? replicas : replicas;
  let size = least;
  if (pauses.aborted && stable) {
    point(context, view, blueGreen.activeService, hashOf(stable));
    point(context, view, blueGreen.previewService, hashOf(stable));
  } else if (newest && !switched && availableOf(newest) >= least) {
    fields = runAnalyses(
      context,
      view,
      pauses,
      waiting ? plan(blueGreen, 'PrePromotion') : [],
      known,
    );
    const judged =
      !waiting ||
      !blueGreen.prePromotionAnalysis ||
      isSuccessful(fields, before);
    if (judged && !pauses.aborted && !view.rollout.spec?.paused) {
      if (!waiting || mayPromote(view, pauses, now, due)) {
        size = replicas;
        if (availableOf(newest) >= replicas) {
          pauses.remove(promotionPause);
          point(context, view, blueGreen.activeService, hash);
        }
      }
    }
  } else if (switched && !isFullyPromoted(view)) {
    fields = runAnalyses(
      context,
      view,
      pauses,
      plan(blueGreen, 'PostPromotion'),
      known,
    );
  }
  due.push(...resize(context, view, pauses, size));
  const nowActive = selectorOf(context, view, blueGreen.activeService);
  const nowPreview = selectorOf(context, view, blueGreen.previewService);
  const kept = [before, after].filter(field => known[field] && !fields[field]);
  const result = {
    blueGreen: {
      ...(nowActive ? { activeSelector: nowActive } : {}),
      ...(nowPreview ? { previewSelector: nowPreview } : {}),
      ...Object.fromEntries(kept.map(field => [field, known[field]])),
      ...fields,
    },
  };
  const verified =
    !blueGreen.postPromotionAnalysis || isSuccessful(fields, after);
  const promoted =
    !stable || (nowActive === hash && verified && !pauses.aborted);
  if (promoted && status.stableRS !== hash) {
    pauses.reset();
    context.events.record(
      view.rollout,
      'Normal',
      'RolloutCompleted',
      `Rollout completed update to revision ${revisionOfRollout(
        view.rollout,
      )} (${hash}): ${
        stable ? 'Completed blue-green update' : 'Initial deploy'
      }`,
      rolloutComponent,
    );
  }
  return {
    fields: promoted
      ? { ...result, stableRS: hash, promoteFull: undefined }
      : result,
    due,
  };
}
