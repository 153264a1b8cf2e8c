import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { templateFieldsTranslationRef } from '../translation';
import { FieldShell } from './FieldShell';

/** What a channel may be called: it becomes the value of a label. */
export const CHANNEL = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** Where alarms are told beside the owner's channels. */
export function AlarmChannelField({
  formData = '',
  onChange,
  schema,
  rawErrors,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const isWrong = formData !== '' && !CHANNEL.test(formData);
  return (
    <FieldShell
      note={t('channel.hint')}
      errors={isWrong ? [t('channel.shape')] : rawErrors}
    >
      <TextField
        label={schema.title ?? t('channel.label')}
        isInvalid={isWrong}
        value={formData}
        onChange={text => onChange(text || undefined)}
      />
    </FieldShell>
  );
}
