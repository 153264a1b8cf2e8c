import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlPlane } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import { PlaneTable } from './PlaneTable';

/** What proxies reject of what is pushed, and what validation refuses. */
export function Refusals(props: { plane: ControlPlane }) {
  const { rejects, invalid } = props.plane;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  return (
    <div>
      <PlaneTable
        title={t('plane.rejected')}
        empty={t(rejects ? 'plane.nothingRejected' : 'plane.unknown')}
        columns={[
          { title: t('plane.kind') },
          { title: t('table.rate'), isNumber: true },
        ]}
        rows={(rejects ?? []).map(({ kind, perSecond }) => ({
          key: kind,
          cells: [kind, format.rate(perSecond)],
        }))}
      />
      <PlaneTable
        title={t('plane.refused')}
        empty={t(invalid ? 'plane.nothingRefused' : 'plane.unknown')}
        columns={[
          { title: t('plane.object') },
          { title: t('plane.reason') },
          { title: t('table.rate'), isNumber: true },
        ]}
        rows={(invalid ?? []).map(({ resource, reason, perSecond }) => ({
          key: `${resource} ${reason}`,
          cells: [resource, reason, format.rate(perSecond)],
        }))}
      />
    </div>
  );
}
