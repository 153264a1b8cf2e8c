import { contentHash } from '../../names';
import { asObject, asObjects, asText, type JsonObject } from '../../values';
import type { ControllerContext } from '../context';
import { goDuration } from '../rollout/go-duration';
import type { CanaryView } from './canary';

/** Longest that a webhook is waited for, milliseconds. */
const patience = 10_000;

/** The webhooks of a type; one without a type is a check during the analysis. */
export function hooksOf(view: CanaryView, type: string): JsonObject[] {
  return asObjects(view.analysis.webhooks).filter(
    hook => (asText(hook.type) || 'rollout') === type,
  );
}

/**
 * Asks a webhook. Answers undefined when it says go (200 to 202), and else
 * what it answered or why it could not be asked.
 */
export async function callHook(
  { hooks }: ControllerContext,
  view: CanaryView,
  phase: string,
  hook: JsonObject,
  metadata: JsonObject = asObject(hook.metadata),
): Promise<string | undefined> {
  if (!hooks.postWebhook) return 'webhooks are not called here';
  const { canary } = view;
  try {
    const { status, body } = await hooks.postWebhook(
      asText(hook.url) ?? '',
      {
        name: canary.metadata.name,
        namespace: view.namespace,
        phase,
        checksum: contentHash({
          name: canary.metadata.name,
          uid: canary.metadata.uid,
          applied: view.status.lastAppliedSpec,
        }),
        metadata,
      },
      Math.min(goDuration(hook.timeout) ?? patience, patience),
    );
    return status <= 202 ? undefined : body || `status ${status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Tells of something that happened: as an event of the cluster, and to the `event` webhooks. */
export function announce(
  context: ControllerContext,
  view: CanaryView,
  type: 'Normal' | 'Warning',
  message: string,
): void {
  const { events, clock, settling } = context;
  events.record(view.canary, type, 'Synced', message, 'flagger');
  if (settling) return;
  for (const hook of hooksOf(view, 'event')) {
    // Nobody waits for the answer, and a failure changes nothing.
    void callHook(context, view, view.phase, hook, {
      ...asObject(hook.metadata),
      eventMessage: message,
      eventType: type,
      timestamp: String(clock.now()),
    });
  }
}
