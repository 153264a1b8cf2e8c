import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Radio, RadioGroup } from '@backstage/ui';
import { templateFieldsTranslationRef } from '../translation';
import { CanaryPicture } from './CanaryPicture';
import {
  CANARY_STRATEGIES,
  strategyName,
  type CanaryStrategy,
  type CanaryStrategyName,
} from './canaryStrategies';
import { FieldShell } from './FieldShell';

const NAMES = Object.keys(CANARY_STRATEGIES) as CanaryStrategyName[];

/** How new versions get traffic, with a picture of the steps. */
export function CanaryStrategyField({
  formData,
  onChange,
  schema,
  required,
  rawErrors,
}: FieldExtensionComponentProps<CanaryStrategy>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const name = strategyName(formData);
  // Where a canary is what the form is for, all at once is no answer.
  const names = required ? NAMES.filter(each => each !== 'none') : NAMES;
  return (
    <FieldShell errors={rawErrors}>
      <RadioGroup
        label={schema.title ?? t('canary.label')}
        value={name ?? null}
        onChange={key =>
          onChange({
            steps: [...CANARY_STRATEGIES[key as CanaryStrategyName]],
          })
        }
      >
        {names.map(each => (
          <Radio key={each} value={each}>
            {t(`canary.${each}`)}
          </Radio>
        ))}
      </RadioGroup>
      <CanaryPicture steps={formData?.steps ?? []} />
    </FieldShell>
  );
}
