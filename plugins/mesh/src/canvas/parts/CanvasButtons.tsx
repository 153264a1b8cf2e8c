import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import {
  RiAddLine,
  RiCollapseDiagonalLine,
  RiExpandDiagonalLine,
  RiFocus3Line,
  RiFullscreenExitLine,
  RiFullscreenLine,
  RiResetLeftLine,
  RiSubtractLine,
} from '@remixicon/react';
import type { ReactElement } from 'react';
import styles from '../MeshCanvas.module.css';
import { meshCanvasTranslationRef } from '../translation';

/** Zoom, fit, open and close all, lay out anew, fill the screen. */
export function CanvasButtons(props: {
  onZoomIn: () => void;
  onZoomOut: () => void;
  onFit: () => void;
  onResetLayout: () => void;
  /** Absent where there are no boxes to open. */
  onOpenAll?: () => void;
  onCloseAll?: () => void;
  fullscreen: { isAvailable: boolean; isFull: boolean; toggle: () => void };
}) {
  const { t } = useTranslationRef(meshCanvasTranslationRef);
  const { fullscreen } = props;
  const button = (label: string, icon: ReactElement, onPress: () => void) => (
    <ButtonIcon
      key={label}
      size="small"
      variant="secondary"
      aria-label={label}
      icon={icon}
      onPress={onPress}
    />
  );
  return (
    <div className={styles.buttons}>
      {button(t('action.zoomIn'), <RiAddLine />, props.onZoomIn)}
      {button(t('action.zoomOut'), <RiSubtractLine />, props.onZoomOut)}
      {button(t('action.fit'), <RiFocus3Line />, props.onFit)}
      {fullscreen.isAvailable &&
        button(
          t(fullscreen.isFull ? 'action.leaveFullscreen' : 'action.fullscreen'),
          fullscreen.isFull ? <RiFullscreenExitLine /> : <RiFullscreenLine />,
          fullscreen.toggle,
        )}
      {props.onOpenAll &&
        button(t('action.openAll'), <RiExpandDiagonalLine />, props.onOpenAll)}
      {props.onCloseAll &&
        button(
          t('action.closeAll'),
          <RiCollapseDiagonalLine />,
          props.onCloseAll,
        )}
      {button(
        t('action.resetLayout'),
        <RiResetLeftLine />,
        props.onResetLayout,
      )}
    </div>
  );
}
