import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';

const QUANTITY = /^(\d+(?:\.\d+)?|\.\d+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;
const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity as a number of its base unit: cores, or bytes.
 *
 * @throws InvalidValueError naming the field
 * @public
 */
export function parseQuantity(field: string, text: string): number {
  const [, digits, suffix = ''] = QUANTITY.exec(text) ?? [];
  if (digits === undefined) {
    throw new InvalidValueError(
      field,
      'a quantity such as 250m, 1.5 or 512Mi',
      text,
    );
  }
  return Number(digits) * (FACTORS[suffix] ?? 1);
}

/**
 * Refuses requests and limits that no API server would take.
 *
 * @throws InvalidValueError naming the field
 */
export function checkResources(resources: {
  requests?: Readonly<Record<string, string>>;
  limits?: Readonly<Record<string, string>>;
}): void {
  const { requests = {}, limits = {} } = resources;
  for (const [name, text] of Object.entries(limits)) {
    parseQuantity(`limits.${name}`, text);
  }
  for (const [name, text] of Object.entries(requests)) {
    const request = parseQuantity(`requests.${name}`, text);
    const limit = limits[name];
    if (limit !== undefined && request > parseQuantity('limits', limit)) {
      throw new InvalidValueError(
        `requests.${name}`,
        `at most its limit of ${limit}`,
        text,
      );
    }
  }
}
