import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { NameCheck } from '@orrery/backstage-plugin-delivery-common';
import { templateFieldsTranslationRef } from '../translation';
import './NamesTable.css';

const GLYPHS = { free: '✓', taken: '✕', unknown: '?' } as const;

/** What a service will be called in every system, and whether that is free. */
export function NamesTable({ checks }: { checks: readonly NameCheck[] }) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  return (
    <table className="orrery-names" aria-label={t('place.names')}>
      <thead>
        <tr>
          <th scope="col">{t('place.system')}</th>
          <th scope="col">{t('place.called')}</th>
          <th scope="col">{t('place.state')}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ what, name, state, reason }) => (
          <tr key={what} data-state={state}>
            <th scope="row">{what}</th>
            <td>
              <code>{name}</code>
            </td>
            <td>
              <span aria-hidden>{GLYPHS[state]}</span> {t(`place.${state}`)}
              {reason && `: ${reason}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
