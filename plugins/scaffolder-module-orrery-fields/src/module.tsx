import {
  ApiBlueprint,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { templateFieldsApiRef, TemplateFieldsClient } from './api';

const api = ApiBlueprint.make({
  name: 'orrery-fields',
  params: defineParams =>
    defineParams({
      api: templateFieldsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new TemplateFieldsClient(deps),
    }),
});

const field = (
  name: string,
  load: () => Promise<Parameters<typeof createFormField>[0]>,
) =>
  FormFieldBlueprint.make({
    name,
    params: { field: async () => createFormField(await load()) },
  });

const fields = [
  field('orrery-service-name', async () => {
    const { ServiceNameField } = await import('./fields/ServiceNameField');
    const { validateName } = await import('./fields/validations');
    return {
      name: 'OrreryServiceName',
      component: ServiceNameField,
      validation: validateName,
    };
  }),
  field('orrery-namespace', async () => {
    const { NamespaceField } = await import('./fields/NamespaceField');
    const { validatePlace } = await import('./fields/validations');
    return {
      name: 'OrreryNamespace',
      component: NamespaceField,
      validation: validatePlace,
    };
  }),
  field('orrery-host', async () => {
    const { HostField } = await import('./fields/HostField');
    const { validateHost } = await import('./fields/validations');
    return {
      name: 'OrreryHost',
      component: HostField,
      validation: validateHost,
    };
  }),
  field('orrery-port', async () => {
    const { PortField } = await import('./fields/PortField');
    return { name: 'OrreryPort', component: PortField };
  }),
  field('orrery-size', async () => {
    const { SizeField } = await import('./fields/SizeField');
    return { name: 'OrrerySize', component: SizeField };
  }),
  field('orrery-canary-strategy', async () => {
    const { CanaryStrategyField } = await import(
      './fields/CanaryStrategyField'
    );
    return { name: 'OrreryCanaryStrategy', component: CanaryStrategyField };
  }),
  field('orrery-gitlab-group', async () => {
    const { GitLabGroupField } = await import('./fields/GitLabGroupField');
    return { name: 'OrreryGitLabGroup', component: GitLabGroupField };
  }),
  field('orrery-alarm-channel', async () => {
    const { AlarmChannelField } = await import('./fields/AlarmChannelField');
    return { name: 'OrreryAlarmChannel', component: AlarmChannelField };
  }),
  field('orrery-preview', async () => {
    const { PreviewField } = await import('./fields/PreviewField');
    return { name: 'OrreryPreview', component: PreviewField };
  }),
];

/**
 * Form fields of templates.
 *
 * @public
 */
export default createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [api, ...fields],
});
