import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useReleases } from '../../hooks/useReleaseFacts';
import { deliveryRouteRef } from '../../routes';
import { deliveryTranslationRef } from '../../translation';

const MOST = 3;

/** The releases that a canary walked, the newest first. */
export function CanaryReleases(props: { canaryRef: string; app: string }) {
  const { canaryRef, app } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const delivery = useRouteRef(deliveryRouteRef);
  const { value, error } = useReleases({ canary: canaryRef, limit: MOST });
  if (error) {
    return <>{t('canary.releasesUnknown', { reason: error.message })}</>;
  }
  if (!value) {
    return <>…</>;
  }
  if (value.items.length === 0) {
    return <>{t('canary.noReleases')}</>;
  }
  return (
    <>
      {value.items.map(({ id, version, state, startedAt }) => {
        const query = new URLSearchParams({
          tab: 'releases',
          q: [app, version].filter(Boolean).join(' '),
        });
        return (
          <div key={id}>
            <Link
              variant="body-small"
              href={`${delivery?.() ?? '/delivery'}?${query}`}
            >
              {version ?? t('release.noVersion')}
            </Link>
            {` · ${t(`release.state.${state}`)} · ${format.ago(
              startedAt,
              Date.now(),
            )}`}
          </div>
        );
      })}
    </>
  );
}
