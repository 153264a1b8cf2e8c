import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { TemplateObject } from '@orrery/backstage-plugin-orrery-common';
import { TextDiff } from '@orrery/backstage-plugin-orrery-react';
import { templateFieldsTranslationRef } from '../translation';
import { PreviewText } from './PreviewText';
import { Unfolding } from './Unfolding';

/** The objects of the cluster, each with what it would become. */
export function PreviewObjects(props: { objects: readonly TemplateObject[] }) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const { objects } = props;
  if (objects.length === 0) {
    return <Text as="p">{t('preview.noObjects')}</Text>;
  }
  return (
    <ul className="orrery-preview-list">
      {objects.map(({ apiVersion, kind, name, step, change, ...texts }) => (
        <Unfolding
          key={`${step}/${apiVersion}/${kind}/${name}`}
          name={
            <>
              {kind} <code>{name}</code>
            </>
          }
          state={change}
          says={t(`preview.${change}`)}
        >
          {change === 'created' ? (
            <PreviewText label={`${kind} ${name}`}>{texts.after}</PreviewText>
          ) : (
            <TextDiff {...texts} />
          )}
        </Unfolding>
      ))}
    </ul>
  );
}
