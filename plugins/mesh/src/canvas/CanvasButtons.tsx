import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import { RiAddLine, RiFocus3Line, RiSubtractLine } from '@remixicon/react';
import { meshTranslationRef } from '../translation';
import styles from './MeshCanvas.module.css';

/** Zoom and fit. */
export function CanvasButtons(props: {
  onZoomIn: () => void;
  onZoomOut: () => void;
  onFit: () => void;
}) {
  const { t } = useTranslationRef(meshTranslationRef);
  return (
    <div className={styles.buttons}>
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label={t('canvas.zoomIn')}
        icon={<RiAddLine />}
        onPress={props.onZoomIn}
      />
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label={t('canvas.zoomOut')}
        icon={<RiSubtractLine />}
        onPress={props.onZoomOut}
      />
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label={t('canvas.fit')}
        icon={<RiFocus3Line />}
        onPress={props.onFit}
      />
    </div>
  );
}
