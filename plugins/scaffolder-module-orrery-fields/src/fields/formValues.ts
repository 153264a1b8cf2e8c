import type { Place } from '../api';

/** What other fields of the same form hold. */
export type FormValues = {
  name?: string;
  place?: Place;
  owner?: string;
};

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads the form, whose values may be of any shape while it is filled in. */
export function readFormValues(form: unknown): FormValues {
  if (typeof form !== 'object' || form === null) {
    return {};
  }
  const place: unknown = Reflect.get(form, 'place');
  const isPlace = typeof place === 'object' && place !== null;
  const cluster = isPlace ? textOf(Reflect.get(place, 'cluster')) : undefined;
  const namespace = isPlace
    ? textOf(Reflect.get(place, 'namespace'))
    : undefined;
  const name = textOf(Reflect.get(form, 'name'));
  const owner = textOf(Reflect.get(form, 'owner'));
  return {
    ...(name && { name }),
    ...(owner && { owner }),
    ...(cluster && namespace && { place: { cluster, namespace } }),
  };
}
