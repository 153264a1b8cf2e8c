import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { NumberField } from '@backstage/ui';
import { templateFieldsTranslationRef } from '../translation';
import { FieldShell } from './FieldShell';

/** What is wrong with a port, by the key of its sentence. */
export function portProblem(
  port: number | undefined,
): 'port.range' | 'port.proxy' | undefined {
  if (port === undefined || !Number.isInteger(port)) {
    return 'port.range';
  }
  if (port < 1024 || port > 65_535) {
    return 'port.range';
  }
  return port >= 15_000 && port <= 15_099 ? 'port.proxy' : undefined;
}

/** The port that a service listens on. */
export function PortField({
  formData,
  onChange,
  schema,
  rawErrors,
}: FieldExtensionComponentProps<number>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const problem = portProblem(formData);
  return (
    <FieldShell
      note={t('port.hint')}
      errors={problem ? [t(problem)] : rawErrors}
    >
      <NumberField
        label={schema.title ?? t('port.label')}
        isRequired
        minValue={1}
        maxValue={65_535}
        formatOptions={{ useGrouping: false }}
        value={formData ?? NaN}
        onChange={value => onChange(Number.isNaN(value) ? undefined : value)}
      />
    </FieldShell>
  );
}
