import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Skeleton,
  Text,
  TextField,
} from '@backstage/ui';
import { useState, type ReactNode } from 'react';
import { orreryReactTranslationRef } from '../../translation';
import { TextDiff } from './TextDiff';
import { useAction, type ActionPhase } from './useAction';

/** @public */
export type ActionDialogProps = {
  /** What will be done, naming its target: `Restart payment-v2`. */
  title: string;
  /** Plugin that owns the action. */
  pluginId: string;
  action: string;
  /**
   * May change while the dialog is open; it is previewed again when it rests.
   * Nothing is previewed while it is undefined: the fields are not filled yet,
   * or say what is so already.
   */
  input: object | undefined;
  onClose: () => void;
  /** Fields above the preview with which the input is edited. */
  children?: ReactNode;
  /** In pixels; 640 where absent. */
  width?: number;
};

/**
 * Shows what an action would do, asks why, does it, and follows it to its
 * end.
 *
 * @public
 */
export function ActionDialog(props: ActionDialogProps) {
  const { title, onClose, children, width = 640 } = props;
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const { phase, run, previewAgain } = useAction(props);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');

  const preview = 'preview' in phase ? phase.preview : undefined;
  const isOpenQuestion =
    phase.name === 'previewed' || phase.name === 'starting';
  const isTyped =
    preview?.typedConfirmation === undefined ||
    preview.typedConfirmation === typed;

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={width}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {phase.name !== 'following' && (
            <fieldset
              disabled={phase.name === 'starting'}
              style={{ display: 'contents' }}
            >
              {children}
            </fieldset>
          )}
          {phase.name === 'previewing' && (
            <div role="status">
              <Text>{t('action.previewing')}</Text>
              <Skeleton height={120} />
            </div>
          )}
          <PhaseAlert phase={phase} onRetry={previewAgain} />
          {preview && isOpenQuestion && (
            <>
              <Text>{preview.summary}</Text>
              {preview.blastRadius.sentences.map(sentence => (
                <Alert key={sentence} status="warning" icon title={sentence} />
              ))}
              {preview.warnings.map(({ code, message }) => (
                <Alert
                  key={`${code} ${message}`}
                  status="warning"
                  icon
                  title={message}
                />
              ))}
              {preview.needsApproval && (
                <Alert
                  status="info"
                  icon
                  title={t('action.needsApproval')}
                  description={t('action.needsApprovalHelp')}
                />
              )}
              <TextDiff before={preview.before} after={preview.after} />
              <TextField
                label={t('action.reason')}
                description={t('action.reasonHelp')}
                isRequired
                isDisabled={phase.name === 'starting'}
                value={reason}
                onChange={setReason}
              />
              {preview.typedConfirmation !== undefined && (
                <TextField
                  label={t('action.typed', { text: preview.typedConfirmation })}
                  isDisabled={phase.name === 'starting'}
                  value={typed}
                  onChange={setTyped}
                />
              )}
            </>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        {preview && isOpenQuestion && (
          <Button
            isDisabled={reason.trim() === '' || !isTyped}
            isPending={phase.name === 'starting'}
            onPress={() =>
              run(preview, reason.trim(), preview.typedConfirmation && typed)
            }
          >
            {preview.needsApproval ? t('action.ask', { title }) : title}
          </Button>
        )}
        <Button variant="secondary" onPress={onClose}>
          {isOpenQuestion ||
          phase.name === 'previewing' ||
          phase.name === 'unfilled'
            ? t('action.cancel')
            : t('action.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function PhaseAlert(props: { phase: ActionPhase; onRetry: () => void }) {
  const { phase, onRetry } = props;
  const { t } = useTranslationRef(orreryReactTranslationRef);
  if (phase.name === 'following') {
    const { state = 'running', message, undo } = phase.activity;
    const status = {
      waiting: 'info',
      running: 'info',
      succeeded: 'success',
      failed: 'danger',
      rejected: 'danger',
      withdrawn: 'info',
      expired: 'warning',
    } as const;
    return (
      <div role="status">
        <Alert
          status={status[state]}
          icon
          isPending={state === 'running' || state === 'waiting'}
          title={t(`action.${state}`)}
          description={[message, undo && `${t('action.undo')}: ${undo}`]
            .filter(Boolean)
            .join('. ')}
        />
      </div>
    );
  }
  const error = 'error' in phase ? phase.error : undefined;
  return error ? (
    <div role="alert">
      <Alert
        status="danger"
        icon
        title={error.message}
        customActions={
          <Button size="small" variant="secondary" onPress={onRetry}>
            {t('problems.retry')}
          </Button>
        }
      />
    </div>
  ) : null;
}
