import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { ServicePlaceInput } from '@orrery/backstage-plugin-delivery-common';
import type { Revisions } from '../../model/revisionsBetween';
import { deliveryTranslationRef } from '../../translation';
import { ChangesList } from './ChangesList';

const MOST = 100;

/** @public */
export type ChangesDialogProps = {
  place: ServicePlaceInput;
  revisions: Revisions;
  onClose: () => void;
};

/** All that came between what runs and another version. */
export function ChangesDialog(props: ChangesDialogProps) {
  const { place, revisions, onClose } = props;
  const { fromName, toName } = revisions;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={820}>
      <DialogHeader>
        {t('changes.title', { from: fromName, to: toName })}
      </DialogHeader>
      <DialogBody>
        <ChangesList place={place} revisions={revisions} most={MOST} />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('release.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
