import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { ComparisonState as State } from '../../hooks/useComparison';
import { meshTranslationRef } from '../../translation';
import styles from './MeshPage.module.css';

/** That the other moment is on its way, or why it cannot be had. */
export function ComparisonState(props: {
  compared: State;
  /** What the URL has in place of an instant. */
  problem: string | undefined;
}) {
  const { compared, problem } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const trouble =
    problem === undefined
      ? compared.error &&
        t('compare.failed', { reason: compared.error.message })
      : t('time.badCompare', { value: problem });
  if (trouble) {
    return (
      <div className={styles.problems}>
        <Alert status="warning" icon title={trouble} />
      </div>
    );
  }
  return compared.loading ? (
    <div className={styles.problems} role="status">
      {t('compare.loading')}
    </div>
  ) : null;
}
