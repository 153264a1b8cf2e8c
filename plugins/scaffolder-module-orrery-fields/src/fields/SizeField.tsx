import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Radio, RadioGroup } from '@backstage/ui';
import { templateFieldsTranslationRef } from '../translation';
import { FieldShell } from './FieldShell';

const SIZES = ['small', 'medium', 'large'] as const;

/** How much processor and memory a service gets. */
export function SizeField({
  formData,
  onChange,
  schema,
  rawErrors,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  return (
    <FieldShell errors={rawErrors}>
      <RadioGroup
        label={schema.title ?? t('size.label')}
        value={formData ?? 'small'}
        onChange={onChange}
      >
        {SIZES.map(size => (
          <Radio key={size} value={size}>
            {t(`size.${size}`)}: {t(`size.${size}Is`)}
          </Radio>
        ))}
      </RadioGroup>
    </FieldShell>
  );
}
