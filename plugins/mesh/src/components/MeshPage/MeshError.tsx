import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { meshTranslationRef } from '../../translation';
import styles from './MeshPage.module.css';

/** Why there is no graph, or none that is current. */
export function MeshError(props: { error: Error; onRetry?: () => void }) {
  const { error, onRetry } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  return (
    <div className={styles.problems} role="alert">
      <Alert
        status="danger"
        icon
        title={t('page.failed')}
        description={error.message}
        customActions={
          onRetry && (
            <Button size="small" variant="secondary" onPress={onRetry}>
              {t('page.retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
