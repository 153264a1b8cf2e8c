import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextField } from '@backstage/ui';
import { configKeySchema } from '@orrery/backstage-plugin-config-center-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { configTranslationRef } from '../../translation';

/** A key that is to be renamed. */
export type KeyMove = {
  key: string;
  /** Its index as it was seen. */
  modifyIndex: number;
  /** A name that is offered. */
  to?: string;
};

/** Asks for another name of a key, and renames it. */
export function MoveKeyDialog(props: {
  service: string;
  move: KeyMove;
  /** Names that are taken. */
  keys: readonly string[];
  /** @param to - the name that was written last */
  onClose: (to: string) => void;
}) {
  const { service, move, keys, onClose } = props;
  const { key, modifyIndex } = move;
  const { t } = useTranslationRef(configTranslationRef);
  const [to, setTo] = useState(move.to ?? key);
  // While it is being renamed, the new name is taken by the key itself.
  const [taken] = useState(keys);
  const isTaken = to !== key && taken.includes(to);
  const isBad = !configKeySchema.safeParse(to).success;
  const complaint =
    (isTaken && t('tree.taken')) || (isBad && t('tree.bad')) || undefined;
  return (
    <ActionDialog
      title={t('key.move', { key })}
      pluginId="config-center"
      action="move-key"
      input={
        complaint === undefined && to !== key
          ? { service, key, to, modifyIndex }
          : undefined
      }
      onClose={() => onClose(to)}
    >
      <TextField
        label={t('key.moveTo')}
        description={complaint ?? t('key.moveToHelp')}
        isInvalid={complaint !== undefined}
        value={to}
        onChange={setTo}
      />
    </ActionDialog>
  );
}
