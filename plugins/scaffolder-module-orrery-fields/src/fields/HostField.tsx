import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Button, TextField } from '@backstage/ui';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { templateFieldsApiRef } from '../api';
import { templateFieldsTranslationRef } from '../translation';
import { FieldShell } from './FieldShell';
import { readFormValues } from './formValues';

/** A host name with at least one dot, in lower case. */
export const HOST = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** The host that a service is served at, with the one of the convention. */
export function HostField({
  formData = '',
  onChange,
  schema,
  formContext,
  rawErrors,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const api = useApi(templateFieldsApiRef);
  const { name: app, place } = readFormValues(formContext?.formData);
  const { cluster, namespace } = place ?? {};
  const isShaped = HOST.test(formData);
  const host = isShaped ? formData : undefined;
  const ask = useCallback(
    async () =>
      app && cluster && namespace
        ? api.names({ app, cluster, namespace, ...(host && { host }) })
        : undefined,
    [api, app, cluster, namespace, host],
  );
  const { value } = useAsyncValue(ask);
  const suggestion = value?.host;
  const check = value?.checks.find(
    ({ what, name }) => what === 'Host' && name === formData,
  );
  const problems = [
    ...(formData !== '' && !isShaped
      ? [t('host.shape', { example: suggestion ?? 'coupon.example.com' })]
      : []),
    ...(check && check.state !== 'free'
      ? [t('host.taken', { host: formData, reason: check.reason ?? '' })]
      : []),
  ];
  return (
    <FieldShell
      note={t('host.hint')}
      errors={problems.length > 0 ? problems : rawErrors}
    >
      <TextField
        label={schema.title ?? t('host.label')}
        isInvalid={problems.length > 0}
        value={formData}
        onChange={text => onChange(text || undefined)}
      />
      {suggestion && suggestion !== formData && (
        <div>
          <Button variant="tertiary" onPress={() => onChange(suggestion)}>
            {t('host.suggest', { host: suggestion })}
          </Button>
        </div>
      )}
    </FieldShell>
  );
}
