import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ActionPreview,
  Activity,
} from '@orrery/backstage-plugin-orrery-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { orreryApiRef } from '../../api';

const POLL_MILLISECONDS = 1000;
/** How long an input that is being edited must rest before it is previewed. */
const SETTLE_MILLISECONDS = 400;

/** Where an action stands. */
export type ActionPhase =
  | { name: 'unfilled' }
  | { name: 'previewing' }
  | { name: 'previewed'; preview: ActionPreview; error?: Error }
  | { name: 'starting'; preview: ActionPreview }
  | { name: 'following'; preview: ActionPreview; activity: Partial<Activity> }
  | { name: 'refused'; error: Error };

/**
 * Takes an action from its preview to its end. The idempotency key lives as
 * long as the preview, so that a second press does nothing twice.
 */
export function useAction(options: {
  pluginId: string;
  action: string;
  input: object | undefined;
}) {
  const { pluginId, action, input } = options;
  const orreryApi = useApi(orreryApiRef);
  const [phase, setPhase] = useState<ActionPhase>({ name: 'previewing' });
  const [attempt, setAttempt] = useState(0);
  const key = useRef('');
  const isStarted = useRef(false);
  const body = input && JSON.stringify(input);
  const lastBody = useRef(body);

  useEffect(() => {
    if (isStarted.current) {
      // What runs by now is what was confirmed; forms may change with its effect.
      return undefined;
    }
    let isCurrent = true;
    const isEdited = lastBody.current !== body;
    lastBody.current = body;
    key.current = crypto.randomUUID();
    if (body === undefined) {
      setPhase({ name: 'unfilled' });
      return undefined;
    }
    setPhase({ name: 'previewing' });
    const timer = setTimeout(
      () =>
        orreryApi.previewAction(pluginId, action, JSON.parse(body)).then(
          preview => isCurrent && setPhase({ name: 'previewed', preview }),
          (error: Error) => isCurrent && setPhase({ name: 'refused', error }),
        ),
      isEdited ? SETTLE_MILLISECONDS : 0,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [orreryApi, pluginId, action, body, attempt]);

  const id = phase.name === 'following' ? phase.activity.id : undefined;
  const isRunning =
    phase.name === 'following' &&
    (phase.activity.state === 'running' || phase.activity.state === 'waiting');
  useEffect(() => {
    if (!id || !isRunning) {
      return undefined;
    }
    let isCurrent = true;
    const timer = setInterval(() => {
      orreryApi.activity(id).then(
        activity =>
          isCurrent &&
          setPhase(before =>
            before.name === 'following' ? { ...before, activity } : before,
          ),
        // The action goes on without us; the next look may succeed.
        () => undefined,
      );
    }, POLL_MILLISECONDS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [orreryApi, id, isRunning]);

  const run = useCallback(
    async (
      preview: ActionPreview,
      reason: string,
      typedConfirmation: string | undefined,
    ) => {
      isStarted.current = true;
      setPhase({ name: 'starting', preview });
      try {
        const activity = await orreryApi.runAction(pluginId, action, {
          input: JSON.parse(body ?? '{}'),
          reason,
          resourceVersion: preview.resourceVersion,
          idempotencyKey: key.current,
          typedConfirmation,
        });
        setPhase({ name: 'following', preview, activity });
      } catch (error) {
        isStarted.current = false;
        setPhase({
          name: 'previewed',
          preview,
          error: error instanceof Error ? error : new Error(String(error)),
        });
      }
    },
    [orreryApi, pluginId, action, body],
  );
  const previewAgain = useCallback(() => setAttempt(count => count + 1), []);
  return { phase, run, previewAgain };
}
