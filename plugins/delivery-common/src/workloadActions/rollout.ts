import { withoutSideMetadata } from '../argo';
import { asJson, editTemplate, type Editable, type Json } from './template';

/**
 * Gives a workload another pod template, as an older revision has it.
 *
 * @public
 */
export function setTemplate<T extends Editable>(
  object: T,
  template: object,
): T {
  const { $patch: _, ...rest } = template as Json;
  return editTemplate(object, () => withoutSideMetadata(rest, object));
}

/** The annotation that `kubectl rollout restart` sets, so that both tools agree. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Has all pods replaced by equal ones.
 *
 * @param at - RFC 3339
 * @public
 */
export function restartPods<T extends Editable>(
  kind: string,
  object: T,
  at: string,
): T {
  return kind === 'Rollout'
    ? { ...object, spec: { ...asJson(object.spec), restartAt: at } }
    : editTemplate(object, template => {
        const metadata = asJson(template.metadata);
        return {
          ...template,
          metadata: {
            ...metadata,
            annotations: {
              ...asJson(metadata.annotations),
              [RESTARTED_AT]: at,
            },
          },
        };
      });
}

/**
 * Stops or resumes that changes are rolled out, or that a CronJob runs.
 *
 * @public
 */
export function setPaused<T extends Editable>(
  kind: string,
  object: T,
  isPaused: boolean,
): T {
  const field = kind === 'CronJob' ? 'suspend' : 'paused';
  return { ...object, spec: { ...asJson(object.spec), [field]: isPaused } };
}
