import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  orreryReactTranslationRef,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import type { Words } from '../scene/texts';
import { meshCanvasTranslationRef } from '../translation';

/** The words of the picture in the viewer's language. */
export function useWords(): Words {
  const { t } = useTranslationRef(meshCanvasTranslationRef);
  const { t: shared } = useTranslationRef(orreryReactTranslationRef);
  const format = useFormat();
  return useMemo(
    () => ({
      format,
      health: state => shared(`health.${state}`),
      comparison: mark => t(`comparison.${mark}`),
      outside: t('picture.outside'),
      nodes: count => t('picture.nodes', { count }),
      failing: count => t('picture.failing', { number: String(count) }),
      degraded: count => t('picture.degraded', { number: String(count) }),
      closed: t('picture.closed'),
      dead: t('picture.dead'),
      layer4: t('picture.layer4'),
      mutualTls: share => t('picture.mutualTls', { share }),
      edge: (source, target) => t('picture.edge', { source, target }),
      edges: count => t('picture.edges', { count }),
    }),
    [t, shared, format],
  );
}
