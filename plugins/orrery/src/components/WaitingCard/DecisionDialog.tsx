import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
  TextField,
} from '@backstage/ui';
import type { Activity } from '@orrery/backstage-plugin-orrery-common';
import {
  orreryApiRef,
  TextDiff,
  type ApprovalVerb,
} from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { orreryTranslationRef } from '../../translation';

/** Shows what was asked for, asks why, and decides. */
export function DecisionDialog(props: {
  activity: Activity;
  verb: ApprovalVerb;
  onClose: () => void;
}) {
  const { activity, verb, onClose } = props;
  const { t } = useTranslationRef(orreryTranslationRef);
  const orreryApi = useApi(orreryApiRef);
  const [reason, setReason] = useState('');
  const [state, setState] = useState<{ isPending: boolean; error?: Error }>({
    isPending: false,
  });

  const decide = () => {
    setState({ isPending: true });
    orreryApi
      .decideApproval(
        activity.approval?.plugin ?? '',
        activity.id,
        verb,
        reason.trim(),
      )
      .then(onClose, (error: Error) => setState({ isPending: false, error }));
  };

  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={640}>
      <DialogHeader>{`${t(`waiting.${verb}`)}: ${
        activity.summary
      }`}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          {state.error && (
            <div role="alert">
              <Alert status="danger" icon title={state.error.message} />
            </div>
          )}
          <Text>
            {t('waiting.asked', {
              actor: activity.actor,
              reason: activity.reason,
            })}
          </Text>
          <TextDiff before={activity.before} after={activity.after} />
          <TextField
            label={t('waiting.reason')}
            isRequired
            value={reason}
            onChange={setReason}
          />
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          isDisabled={reason.trim() === ''}
          isPending={state.isPending}
          onPress={decide}
        >
          {t(`waiting.${verb}`)}
        </Button>
        <Button variant="secondary" onPress={onClose}>
          {t('waiting.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
