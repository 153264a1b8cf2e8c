import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { configTranslationRef } from '../../translation';
import styles from './KeyPanel.module.css';

/** Says that secrets are masked, and offers to show them. */
export function MaskNote(props: {
  isShown: boolean;
  isAsking: boolean;
  error: Error | undefined;
  canWrite: boolean;
  onReveal: () => void;
  onHide: () => void;
  onReplace: () => void;
}) {
  const { isShown, isAsking, error, canWrite, onReveal, onHide, onReplace } =
    props;
  const { t } = useTranslationRef(configTranslationRef);
  return (
    <>
      <Alert
        status="info"
        icon
        title={t('key.masked')}
        description={canWrite && !isShown ? t('key.editMasked') : undefined}
        customActions={
          <span className={styles.actions}>
            <Button
              size="small"
              variant="secondary"
              isPending={isAsking}
              onPress={isShown ? onHide : onReveal}
            >
              {t(isShown ? 'key.hide' : 'key.reveal')}
            </Button>
            {canWrite && !isShown && (
              <Button size="small" variant="tertiary" onPress={onReplace}>
                {t('key.replace')}
              </Button>
            )}
          </span>
        }
      />
      {error && (
        <div role="alert">
          <Alert
            status="danger"
            icon
            title={t('key.revealFailed', { reason: error.message })}
          />
        </div>
      )}
    </>
  );
}
