import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';
import { ExportError, type Caption } from '../../canvas';
import { meshTranslationRef } from '../../translation';

/** What narrows a graph down, as texts of the URL. */
export type Narrowing = {
  find: string;
  hide: string;
  /** Another moment, RFC 3339. */
  comparedWith?: string;
};

/** Files travel, so their times are in UTC and in full. */
function utc(instant: string): string {
  return `${new Date(instant)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')} UTC`;
}

/** What is written on exported pictures, and why there are none. */
export function useExportWords(): {
  captionOf: (graph: MeshGraph, narrowing: Narrowing) => Caption;
  /** Why there is no file, from what was thrown. */
  reasonOf: (error: unknown) => string;
} {
  const { t } = useTranslationRef(meshTranslationRef);

  const captionOf = (graph: MeshGraph, narrowing: Narrowing): Caption => {
    const { find, hide, comparedWith } = narrowing;
    const clusters = (graph.clusters ?? [graph.cluster]).join(', ');
    return {
      title: t('export.caption', { clusters }),
      subtitle: [
        t('export.window', {
          at: utc(graph.at),
          seconds: String(graph.window),
        }),
        comparedWith && t('export.compared', { at: utc(comparedWith) }),
        graph.namespaces.length === 0
          ? t('export.allNamespaces')
          : t('export.namespaces', { names: graph.namespaces.join(', ') }),
        t(`toolbar.${graph.graphType}`),
        find && t('export.found', { expression: find }),
        hide && t('export.hidden', { expression: hide }),
      ]
        .filter(Boolean)
        .join(' · '),
      legend: t('export.legend'),
    };
  };

  const reasonOf = (error: unknown): string => {
    if (error instanceof ExportError) {
      return t(`export.${error.problem}`, {
        width: String(error.size?.width ?? 0),
        height: String(error.size?.height ?? 0),
      });
    }
    const reason = error instanceof Error ? error.message : String(error);
    return t('export.failed', { reason });
  };

  return { captionOf, reasonOf };
}
