import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  ActionDialog,
  useAsyncValue,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useState } from 'react';
import { configApiRef } from '../../api';
import { configTranslationRef } from '../../translation';
import styles from './ConfigView.module.css';

/** The token with which a service reads its keys; only for those who may make one. */
export function TokenBar(props: { service: string }) {
  const { service } = props;
  const { value } = usePermittedActions('config-center', [
    { action: 'create-token', input: { service } },
  ]);
  return value?.[0]?.allowed ? <TokenState service={service} /> : null;
}

function TokenState(props: { service: string }) {
  const { service } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const api = useApi(configApiRef);
  const ask = useCallback(() => api.token(service), [api, service]);
  const { value, error, retry } = useAsyncValue(ask);
  const [dialog, setDialog] = useState<'create' | 'delete'>();
  if (!value && !error) {
    return null;
  }
  const reason = value?.reason ?? error?.message ?? '';
  const state = value?.state ?? 'unknown';
  return (
    <span className={styles.token}>
      <span
        className={styles.small}
        title={value?.accessor && t('token.accessor', { id: value.accessor })}
      >
        {t(`token.${state}`, { secret: value?.secret ?? '', reason })}
      </span>
      {(state === 'none' || state === 'broken') && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setDialog('create')}
        >
          {t('token.make')}
        </Button>
      )}
      {(state === 'present' || state === 'broken') && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setDialog('delete')}
        >
          {t('token.delete')}
        </Button>
      )}
      {dialog && (
        <ActionDialog
          title={t(dialog === 'create' ? 'token.make' : 'token.delete')}
          pluginId="config-center"
          action={`${dialog}-token`}
          input={{ service }}
          onClose={() => {
            setDialog(undefined);
            retry();
          }}
        />
      )}
    </span>
  );
}
