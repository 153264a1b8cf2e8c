import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Switch, TextAreaField, TextField } from '@backstage/ui';
import type { ConfigMapView } from '@orrery/backstage-plugin-config-center-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { configTranslationRef } from '../../translation';

/** What is to be done to a key of a ConfigMap. */
export type ConfigMapEdit = {
  map: ConfigMapView;
  /** Absent for a new one. */
  key?: string;
  verb: 'set' | 'delete';
  /** The present value, masked. */
  text?: string;
  hasSecret?: boolean;
};

/** Edits or deletes a key, and says who is restarted. */
export function ConfigMapDialog(props: {
  edit: ConfigMapEdit;
  onClose: () => void;
}) {
  const { edit, onClose } = props;
  const { map, verb, hasSecret = false } = edit;
  const { t } = useTranslationRef(configTranslationRef);
  const [key, setKey] = useState(edit.key ?? '');
  // A masked value must not be written back.
  const [text, setText] = useState(hasSecret ? '' : edit.text ?? '');
  const [restarts, setRestarts] = useState(true);
  const isUnchanged = verb === 'set' && text === edit.text;
  const input = {
    configMap: map.ref,
    key,
    restart: restarts,
    resourceVersion: map.resourceVersion,
    ...(verb === 'set' && { value: text }),
  };
  return (
    <ActionDialog
      title={t(verb === 'set' ? 'maps.write' : 'maps.removeOf', {
        key: key || t('maps.keyName'),
        name: map.name,
      })}
      pluginId="config-center"
      action={verb === 'set' ? 'set-config-map-key' : 'delete-config-map-key'}
      input={key === '' || isUnchanged ? undefined : input}
      onClose={onClose}
      width={760}
    >
      {edit.key === undefined && (
        <TextField label={t('maps.keyName')} value={key} onChange={setKey} />
      )}
      {hasSecret && verb === 'set' && (
        <Alert status="info" icon title={t('maps.secretEdit')} />
      )}
      {verb === 'set' && (
        <TextAreaField
          label={t('maps.value')}
          rows={8}
          value={text}
          onChange={setText}
        />
      )}
      <Switch
        label={t('maps.restart')}
        isSelected={restarts}
        onChange={setRestarts}
      />
    </ActionDialog>
  );
}
