import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlPlane } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import { PlaneTable } from './PlaneTable';

/** Proxies that have not acknowledged all that was sent to them. */
export function Behind(props: { plane: ControlPlane }) {
  const { behind, revisions } = props.plane;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const known = revisions.flatMap(({ proxies }) => (proxies ? [proxies] : []));
  const total = known.reduce(
    (sum, { connected, synced }) => sum + connected - synced,
    0,
  );
  const empty = () => {
    if (known.length === 0) {
      return t('plane.behindUnknown');
    }
    return total > 0 ? t('plane.behindUnseen') : t('plane.noneBehind');
  };
  return (
    <PlaneTable
      isWide
      title={t('plane.behind')}
      note={
        behind.length > 0 &&
        behind.length < total &&
        t('plane.behindSome', {
          shown: format.number(behind.length),
          total: format.number(total),
        })
      }
      empty={empty()}
      columns={[
        { title: t('plane.pod') },
        { title: t('table.namespace') },
        { title: t('plane.kindsBehind') },
        { title: t('plane.version') },
        { title: t('plane.revision') },
      ]}
      rows={behind.map(({ namespace, pod, kinds, version, revision }) => ({
        key: `${revision} ${namespace}/${pod}`,
        cells: [
          pod,
          namespace,
          kinds.join(', '),
          version ?? t('plane.unknown'),
          revision,
        ],
      }))}
    />
  );
}
