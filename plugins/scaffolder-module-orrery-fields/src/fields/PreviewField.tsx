import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  Button,
  Flex,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
} from '@backstage/ui';
import type { TemplatePreview } from '@orrery/backstage-plugin-orrery-common';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { templateFieldsApiRef } from '../api';
import '../preview/Preview.css';
import { PreviewFiles } from '../preview/PreviewFiles';
import { PreviewObjects } from '../preview/PreviewObjects';
import { PreviewSteps } from '../preview/PreviewSteps';
import { templateFieldsTranslationRef } from '../translation';

/** Steps whose effect depends on what earlier ones make. */
function isPartly({ steps }: TemplatePreview): boolean {
  return steps.some(
    ({ state, writes }) =>
      state === 'untold' || writes.some(({ problem }) => problem !== undefined),
  );
}

function Shown({ preview }: { preview: TemplatePreview }) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const { steps, objects, files } = preview;
  const number = (items: readonly unknown[]) => ({
    number: String(items.length),
  });
  return (
    <>
      <Text as="p" variant="body-small" color="secondary">
        {t('preview.made')} {isPartly(preview) && t('preview.partly')}
      </Text>
      <Tabs>
        <TabList>
          <Tab id="steps">{t('preview.steps', number(steps))}</Tab>
          <Tab id="objects">{t('preview.objects', number(objects))}</Tab>
          <Tab id="files">{t('preview.files', number(files))}</Tab>
        </TabList>
        <TabPanel id="steps">
          <PreviewSteps steps={steps} />
        </TabPanel>
        <TabPanel id="objects">
          <PreviewObjects objects={objects} />
        </TabPanel>
        <TabPanel id="files">
          <PreviewFiles files={files} />
        </TabPanel>
      </Tabs>
    </>
  );
}

/**
 * What the template would do with the answers of the pages before: tried by
 * dry run when the page opens. It holds no answer itself.
 */
export function PreviewField({
  formContext,
}: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const api = useApi(templateFieldsApiRef);
  const { namespace, templateName } = useParams();
  // Compared as text: the form makes a new object at every stroke.
  const answers = JSON.stringify(formContext?.formData ?? {});
  const ask = useCallback(
    async () =>
      namespace && templateName
        ? api.preview(
            `template:${namespace}/${templateName}`,
            JSON.parse(answers),
          )
        : undefined,
    [api, namespace, templateName, answers],
  );
  const { value, error, loading, retry } = useAsyncValue(ask);
  if (!templateName) {
    return <Text as="p">{t('preview.unknownTemplate')}</Text>;
  }
  return (
    <Flex direction="column" gap="2" mb="4" className="orrery-preview">
      <div role="status">
        {loading && <Text as="p">{t('preview.working')}</Text>}
      </div>
      {!loading && error && (
        <div role="alert">
          <Text as="p" color="danger">
            {t('preview.failed', { reason: error.message })}
          </Text>
          <Button variant="secondary" onPress={retry}>
            {t('preview.again')}
          </Button>
        </div>
      )}
      {!loading && !error && value && <Shown preview={value} />}
    </Flex>
  );
}
