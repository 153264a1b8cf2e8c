import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CERTIFICATE_SOON_DAYS,
  type ControlPlane,
} from '@orrery/backstage-plugin-mesh-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import { PlaneTable } from './PlaneTable';

const DAY_MILLISECONDS = 86_400_000;

/** How long a certificate still has, as the health of the control plane judges it. */
function stateOf(leftMilliseconds: number): 'failing' | 'degraded' | 'healthy' {
  if (leftMilliseconds <= 0) {
    return 'failing';
  }
  return leftMilliseconds < CERTIFICATE_SOON_DAYS * DAY_MILLISECONDS
    ? 'degraded'
    : 'healthy';
}

/** When certificates end. Those of proxies are short and renewed by themselves. */
export function Certificates(props: {
  certificates: ControlPlane['certificates'];
  /** When they were read, RFC 3339. */
  at: string;
}) {
  const { rootExpires, chainExpires, soonestProxySeconds } = props.certificates;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const now = Date.parse(props.at);
  const left = (expires: number | undefined, isRenewed: boolean) => {
    if (expires === undefined) {
      return t('plane.unknown');
    }
    const state = stateOf(expires - now);
    return (
      <>
        {(!isRenewed || state === 'failing') && <HealthMark state={state} />}{' '}
        <time
          dateTime={new Date(expires).toISOString()}
          title={format.instant(expires)}
        >
          {format.ago(expires, now)}
        </time>
      </>
    );
  };
  const instant = (text: string | undefined) =>
    text === undefined ? undefined : Date.parse(text);
  const rows = [
    {
      title: t('plane.root'),
      cell: left(instant(rootExpires), false),
    },
    {
      title: t('plane.intermediate'),
      cell: left(instant(chainExpires), false),
    },
    {
      title: t('plane.soonestProxy'),
      cell: left(
        soonestProxySeconds === undefined
          ? undefined
          : now + soonestProxySeconds * 1000,
        true,
      ),
    },
  ];
  return (
    <PlaneTable
      title={t('plane.certificates')}
      empty={t('plane.unknown')}
      columns={[
        { title: t('plane.certificate') },
        { title: t('plane.ends'), isNumber: true },
      ]}
      rows={rows.map(({ title, cell }) => ({
        key: title,
        cells: [title, cell],
      }))}
    />
  );
}
