import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import type { meshTranslationRef } from '../../translation';

type Translate = TranslationFunction<typeof meshTranslationRef.T>;

/** Envoy response flags that have words; the others are shown as they are. */
const EXPLAINED = [
  'UH',
  'UF',
  'UO',
  'NR',
  'URX',
  'UT',
  'UC',
  'DC',
  'LH',
  'LR',
  'UR',
  'DI',
  'FI',
  'RL',
  'UAEX',
  'RLSE',
  'IH',
  'SI',
  'DPE',
  'UPE',
  'UMSDR',
  'NC',
] as const;

/**
 * Response flags with their meaning: `UH, no healthy upstream`. Empty for
 * none.
 *
 * @param flags - as Envoy writes them, separated by commas; `-` for none
 */
export function explainFlags(flags: string, t: Translate): string {
  if (flags === '-' || flags === '') {
    return '';
  }
  return flags
    .split(',')
    .map(flag => {
      const known = EXPLAINED.find(name => name === flag);
      return known ? `${flag}, ${t(`flags.${known}`)}` : flag;
    })
    .join('; ');
}
