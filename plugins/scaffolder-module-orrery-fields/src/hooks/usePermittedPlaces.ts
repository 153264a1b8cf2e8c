import {
  usePermittedActions,
  useScope,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import type { Place } from '../api';

/** A namespace where the viewer may make services. */
export type PermittedPlace = Place & {
  clusterTitle: string;
  /** True when a second person must consent. */
  needsConsent: boolean;
};

/** Stands for whatever a service brings: permission is for the place and the app. */
const ANY_OBJECT = { apiVersion: 'v1', kind: 'Service' };

/**
 * The namespaces where the viewer may make a service of this name; without a
 * name, all that they see.
 */
export function usePermittedPlaces(app: string | undefined): {
  places: PermittedPlace[] | undefined;
  error: Error | undefined;
} {
  const scope = useScope();
  const all = useMemo(
    () =>
      (scope.value?.clusters ?? []).flatMap(cluster =>
        (cluster.namespaces ?? []).map(namespace => ({
          cluster: cluster.name,
          clusterTitle: cluster.title,
          namespace: namespace.name,
        })),
      ),
    [scope.value],
  );
  const questions = useMemo(
    () =>
      (app === undefined ? [] : all).map(({ cluster, namespace }) => ({
        action: 'apply-objects',
        input: {
          cluster,
          namespace,
          app,
          objects: [{ ...ANY_OBJECT, metadata: { name: app } }],
        },
      })),
    [all, app],
  );
  const answers = usePermittedActions('delivery', questions);
  const places = useMemo(() => {
    if (!scope.value || answers.value?.length !== questions.length) {
      return undefined;
    }
    return app === undefined
      ? all.map(place => ({ ...place, needsConsent: false }))
      : all.flatMap((place, index) => {
          const answer = answers.value?.[index];
          return answer?.allowed
            ? [{ ...place, needsConsent: answer.needsApproval }]
            : [];
        });
  }, [all, answers.value, app, questions.length, scope.value]);
  return { places, error: scope.error ?? answers.error };
}
