import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HIDDEN_SERVICE } from '@orrery/backstage-plugin-telemetry-common';
import { telemetryTranslationRef } from '../../translation';

/** A name, or that it may not be seen. */
export function HiddenName(props: { name: string }) {
  const { t } = useTranslationRef(telemetryTranslationRef);
  return props.name === HIDDEN_SERVICE ? (
    <em>{t('traces.hidden')}</em>
  ) : (
    <>{props.name}</>
  );
}
