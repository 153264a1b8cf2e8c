import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  BuildsResponse,
  BuildPlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useSource } from '../../hooks/useBuilds';
import { deliveryTranslationRef } from '../../translation';
import { ParameterField } from './ParameterField';

/** @public */
export type StartBuildDialogProps = {
  place: BuildPlaceInput;
  job: Pick<BuildsResponse, 'job' | 'parameters'>;
  onClose: () => void;
};

/** Asks for what a job's parameters shall be, and starts a build. */
export function StartBuildDialog(props: StartBuildDialogProps) {
  const { place, job, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  // What is not touched has the job's own value, which may be a secret.
  const [values, setValues] = useState<Record<string, string>>({});
  const source = useSource(place);
  const problem =
    source.error?.message ??
    source.value?.provenance.sources.find(({ state }) => state !== 'ok')
      ?.reason;
  return (
    <ActionDialog
      title={t('build.startOf', { app: place.app, job: job.job })}
      pluginId="delivery"
      action="start-build"
      input={{ ...place, parameters: values }}
      onClose={onClose}
    >
      {job.parameters.length === 0 && <Text>{t('build.jobAsksNothing')}</Text>}
      {job.parameters.map(parameter => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name]}
          source={source.value}
          onChange={value =>
            setValues(before => ({ ...before, [parameter.name]: value }))
          }
        />
      ))}
      {problem && <Text>{t('build.noSuggestions', { reason: problem })}</Text>}
    </ActionDialog>
  );
}
