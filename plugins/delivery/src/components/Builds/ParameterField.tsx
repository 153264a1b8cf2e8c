import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox, Select, Text, TextField } from '@backstage/ui';
import type {
  BuildParameter,
  SourceResponse,
} from '@orrery/backstage-plugin-delivery-common';
import { suggestionsFor } from '../../model/suggestions';
import { deliveryTranslationRef } from '../../translation';

/** @public */
export type ParameterFieldProps = {
  parameter: BuildParameter;
  /** Undefined while nobody touched it. */
  value: string | undefined;
  /** What names of revisions are picked from; undefined while it is not known. */
  source: SourceResponse | undefined;
  onChange: (value: string) => void;
};

/** One parameter of a job, by its kind. */
export function ParameterField(props: ParameterFieldProps) {
  const { parameter, source, onChange } = props;
  const { name, kind, description, fallback = '', choices = [] } = parameter;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const value = props.value ?? fallback;
  switch (kind) {
    case 'secret':
      return <Text>{t('build.secret', { name })}</Text>;
    case 'boolean':
      return (
        <Checkbox
          isSelected={value === 'true'}
          onChange={isOn => onChange(String(isOn))}
        >
          {[name, description].filter(Boolean).join(': ')}
        </Checkbox>
      );
    case 'choice':
      return (
        <Select
          label={name}
          description={description}
          options={choices.map(choice => ({ value: choice, label: choice }))}
          // Jenkins takes the first where none is said.
          selectedKey={value === '' ? choices[0] : value}
          onSelectionChange={key => onChange(String(key))}
        />
      );
    default: {
      const suggestions = source ? suggestionsFor(name, source) : [];
      return (
        <>
          {suggestions.length > 0 && (
            <Select
              label={t('build.pick', { name })}
              placeholder={t('build.pickPlaceholder')}
              search={{}}
              options={suggestions.map(({ name: option, title }) => ({
                value: option,
                label: `${option} · ${title}`,
              }))}
              selectedKey={
                suggestions.some(each => each.name === value) ? value : null
              }
              onSelectionChange={key => onChange(String(key))}
            />
          )}
          <TextField
            label={name}
            description={
              description ??
              (fallback === ''
                ? t('build.emptyByDefault')
                : t('build.fallback', { value: fallback }))
            }
            value={value}
            onChange={onChange}
          />
        </>
      );
    }
  }
}
