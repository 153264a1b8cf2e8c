import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex, Select } from '@backstage/ui';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { templateFieldsApiRef, type Place } from '../api';
import { usePermittedPlaces } from '../hooks/usePermittedPlaces';
import { templateFieldsTranslationRef } from '../translation';
import { checkNames, isInTheWay } from './checkNames';
import { FieldShell } from './FieldShell';
import { readFormValues } from './formValues';
import { NamesTable } from './NamesTable';

/**
 * Chooses a namespace of those where the viewer may make services, and says
 * what the service will be called in every system.
 */
export function NamespaceField({
  formData,
  onChange,
  formContext,
  rawErrors,
  uiSchema,
}: FieldExtensionComponentProps<Place, { checksNames?: boolean }>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const api = useApi(templateFieldsApiRef);
  const { name: app } = readFormValues(formContext?.formData);
  const wantsNames = uiSchema?.['ui:options']?.checksNames !== false;
  const { places, error } = usePermittedPlaces(
    wantsNames ? app ?? 'any' : undefined,
  );
  const clusters = [
    ...new Map(
      (places ?? []).map(({ cluster, clusterTitle }) => [
        cluster,
        clusterTitle,
      ]),
    ),
  ];
  const cluster = formData?.cluster ?? clusters.at(0)?.[0];
  const namespace = formData?.namespace;
  const ask = useCallback(
    async () =>
      wantsNames && app && cluster && namespace
        ? checkNames(
            api,
            { app, cluster, namespace },
            {
              prefix: t('place.prefix'),
              keys: count => t('place.keys', { number: String(count) }),
            },
          )
        : undefined,
    [api, app, cluster, namespace, t, wantsNames],
  );
  const checked = useAsyncValue(ask);
  const problems = [
    ...(error ? [t('place.failed', { reason: error.message })] : []),
    ...(places?.length === 0 ? [t('place.none')] : []),
    ...(checked.error ? [checked.error.message] : []),
  ];
  const inTheWay = (checked.value?.checks ?? []).filter(isInTheWay);
  return (
    <FieldShell
      note={
        places
          ? t(wantsNames ? 'place.onlyPermitted' : 'place.all')
          : t('loading')
      }
      errors={problems.length > 0 || inTheWay.length > 0 ? problems : rawErrors}
    >
      <Flex gap="3">
        {clusters.length > 1 && (
          <Select
            label={t('place.cluster')}
            options={clusters.map(([id, label]) => ({ id, label }))}
            value={cluster ?? null}
            onChange={key => onChange({ cluster: String(key), namespace: '' })}
          />
        )}
        <Select
          label={t('place.namespace')}
          isRequired
          searchable
          placeholder={t('place.choose')}
          options={(places ?? [])
            .filter(place => place.cluster === cluster)
            .map(place => ({
              id: place.namespace,
              label: place.needsConsent
                ? t('place.protected', { namespace: place.namespace })
                : place.namespace,
            }))}
          value={namespace || null}
          onChange={key =>
            cluster && onChange({ cluster, namespace: String(key) })
          }
        />
      </Flex>
      {checked.value && <NamesTable checks={checked.value.checks} />}
    </FieldShell>
  );
}
