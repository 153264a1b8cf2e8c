import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Release } from '@orrery/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import { ChangesList } from '../SourceChanges';

const MOST_COMMITS = 20;
const SHORT = 8;

/** Commits and merge requests that a release brought, or why they are not known. */
export function ReleaseCommits(props: {
  release: Release;
  previous: Release | undefined;
}) {
  const { release, previous } = props;
  const { cluster, namespace, app, range } = release;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { from, to, commits, reason } = range ?? {};
  if (from && to && reason === undefined) {
    return (
      <ChangesList
        place={{ cluster, namespace, app }}
        revisions={{
          from,
          to,
          fromName: previous?.version ?? from.slice(0, SHORT),
          toName: release.version ?? to.slice(0, SHORT),
        }}
        most={MOST_COMMITS}
      />
    );
  }
  if (commits === 0) {
    return <Text>{t('release.commitsSame')}</Text>;
  }
  return (
    <Text>
      {t('release.commitsUnknown', {
        reason: reason ?? t('release.commitsNotLooked'),
      })}
    </Text>
  );
}
