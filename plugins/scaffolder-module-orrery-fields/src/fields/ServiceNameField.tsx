import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { templateFieldsTranslationRef } from '../translation';
import { FieldShell } from './FieldShell';
import { nameProblem } from './serviceName';

/** The name of a new service, told what is wrong with it while it is typed. */
export function ServiceNameField({
  formData = '',
  onChange,
  schema,
  rawErrors,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const problem = formData === '' ? undefined : nameProblem(formData);
  return (
    <FieldShell
      note={t('name.hint')}
      errors={problem ? [t(problem)] : rawErrors}
    >
      <TextField
        label={schema.title ?? t('name.label')}
        isRequired
        isInvalid={problem !== undefined}
        value={formData}
        onChange={value => onChange(value || undefined)}
      />
    </FieldShell>
  );
}
