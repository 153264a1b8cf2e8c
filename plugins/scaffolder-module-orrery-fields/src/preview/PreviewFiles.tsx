import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { TemplateFile } from '@orrery/backstage-plugin-orrery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { templateFieldsTranslationRef } from '../translation';
import { PreviewText } from './PreviewText';
import { Unfolding } from './Unfolding';

/** The files that the run would write, with what is in them. */
export function PreviewFiles({ files }: { files: readonly TemplateFile[] }) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const format = useFormat();
  if (files.length === 0) {
    return <Text as="p">{t('preview.noFiles')}</Text>;
  }
  return (
    <ul className="orrery-preview-list">
      {files.map(({ path, bytes, text, reason }) => (
        <Unfolding
          key={path}
          name={<code>{path}</code>}
          says={t('preview.bytes', { number: format.number(bytes) })}
        >
          {text === undefined ? (
            <p>{t(`preview.${reason ?? 'binary'}`)}</p>
          ) : (
            <PreviewText label={t('preview.content', { path })}>
              {text}
            </PreviewText>
          )}
        </Unfolding>
      ))}
    </ul>
  );
}
