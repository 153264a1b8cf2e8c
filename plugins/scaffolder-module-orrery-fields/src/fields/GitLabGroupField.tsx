import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { templateFieldsApiRef } from '../api';
import { templateFieldsTranslationRef } from '../translation';
import { FieldShell } from './FieldShell';

/** Where a repository is made: the host of GitLab and a group of it. */
export type GitLabGroup = { host: string; group: string };

/** Chooses a group of GitLab. */
export function GitLabGroupField({
  formData,
  onChange,
  schema,
  rawErrors,
}: FieldExtensionComponentProps<GitLabGroup>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const api = useApi(templateFieldsApiRef);
  const ask = useCallback(() => api.groups(), [api]);
  const { value, loading, error } = useAsyncValue(ask);
  const problems: string[] = error
    ? [t('group.failed', { reason: error.message })]
    : [];
  if (value?.groups.length === 0) {
    problems.push(t('group.none'));
  }
  return (
    <FieldShell
      note={loading && !value ? t('loading') : t('group.hint')}
      errors={problems.length > 0 ? problems : rawErrors}
    >
      <Select
        label={schema.title ?? t('group.label')}
        isRequired
        searchable
        options={(value?.groups ?? []).map(({ path, name }) => ({
          id: path,
          label: path === name ? path : `${path} (${name})`,
        }))}
        value={formData?.group ?? null}
        onChange={key =>
          value && onChange({ host: value.host, group: String(key) })
        }
      />
    </FieldShell>
  );
}
