import type { Visibility } from '../model';
import { Refusal, text, type Call } from './Call';

const visibilities: readonly string[] = ['private', 'internal', 'public'];

const isVisibility = (value: string): value is Visibility =>
  visibilities.includes(value);

/** Who may see what is created. @throws Refusal of a word that says nothing about it */
export function visibilityOf(call: Call, otherwise: Visibility): Visibility {
  const value = text(call, 'visibility') ?? otherwise;
  if (isVisibility(value)) return value;
  throw new Refusal(400, { error: 'visibility does not have a valid value' });
}
