import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { templateFieldsApiRef, type Place } from '../api';
import { checkNames, isInTheWay } from './checkNames';
import { readFormValues } from './formValues';
import { nameProblem } from './serviceName';

/** Refuses names that Kubernetes would refuse. */
export const validateName: CustomFieldValidator<string> = (name, field) => {
  if (nameProblem(name ?? '')) {
    field.addError(
      'Lower case letters, digits and -, beginning with a letter, at most 40',
    );
  }
};

/** Refuses a place where the name is taken in any system, or cannot be checked. */
export const validatePlace: CustomFieldValidator<
  Place,
  { checksNames?: boolean }
> = async (place, field, { apiHolder, formData, uiSchema }) => {
  const { name: app } = readFormValues(formData);
  const api = apiHolder.get(templateFieldsApiRef);
  if (!place?.cluster || !place.namespace) {
    field.addError('Choose a namespace');
    return;
  }
  if (!api || !app || uiSchema?.['ui:options']?.checksNames === false) {
    return;
  }
  try {
    const { checks } = await checkNames(
      api,
      { ...place, app },
      { prefix: 'Consul prefix', keys: count => `It has ${count} keys` },
    );
    checks
      .filter(isInTheWay)
      .forEach(({ what, name, state, reason }) =>
        field.addError(
          `${what} ${name} is ${
            state === 'taken' ? 'taken' : 'not known to be free'
          }${reason ? `: ${reason}` : ''}`,
        ),
      );
  } catch (error) {
    field.addError(error instanceof Error ? error.message : String(error));
  }
};

/** Refuses a host that another service has. */
export const validateHost: CustomFieldValidator<string> = async (
  host,
  field,
  { apiHolder, formData },
) => {
  const { name: app, place } = readFormValues(formData);
  const api = apiHolder.get(templateFieldsApiRef);
  if (!host || !api || !app || !place) {
    return;
  }
  try {
    const { checks } = await api.names({ ...place, app, host });
    const check = checks.find(({ what }) => what === 'Host');
    if (check && check.state !== 'free') {
      field.addError(`${host} is ${check.state}: ${check.reason ?? ''}`);
    }
  } catch (error) {
    field.addError(error instanceof Error ? error.message : String(error));
  }
};
