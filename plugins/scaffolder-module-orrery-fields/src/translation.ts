import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of the fields of templates. @public */
export const templateFieldsTranslationRef = createTranslationRef({
  id: 'scaffolder.orrery-fields',
  messages: {
    name: {
      label: 'Name',
      hint: 'Names its repository, images, objects and configuration. Whether it is free everywhere is said where you choose its namespace.',
      empty: 'A name is needed.',
      long: 'At most 40 characters, so that there is room for what is appended to it.',
      shape:
        'Lower case letters, digits and -, beginning with a letter and ending with a letter or digit.',
    },
    place: {
      cluster: 'Cluster',
      namespace: 'Namespace',
      choose: 'Choose a namespace',
      onlyPermitted:
        'Only namespaces where you may make services. Where it says so, a second person must consent.',
      all: 'Whether you may change the service there is decided when it is done.',
      protected: '{{namespace}} (needs consent)',
      none: 'There is no namespace where you may make a service of this name: it may be somebody’s already. Otherwise ask whoever owns the system, or a platform team.',
      failed: 'Namespaces could not be read: {{reason}}',
      names: 'What it will be called',
      system: 'In',
      called: 'Name',
      state: 'State',
      free: 'Free',
      taken: 'Taken',
      unknown: 'Not known',
      isTaken: '{{what}} {{name}} is taken: {{reason}}',
      isUnknown:
        '{{what}} {{name}} could not be checked: {{reason}}. Nothing is made while that is not known.',
      prefix: 'Consul prefix',
      keys: 'It has {{number}} keys',
    },
    host: {
      label: 'Host',
      hint: 'Under which the mesh’s gateway serves it. Leave it empty for a service that only others in the mesh call.',
      suggest: 'Use {{host}}',
      taken: '{{host}} is served already: {{reason}}',
      shape: 'A host name in lower case, such as {{example}}.',
    },
    port: {
      label: 'Port',
      hint: 'What the service listens on, 1024 to 65535. Ports of the mesh’s proxy (15000 to 15099) are taken.',
      range: 'A whole number from 1024 to 65535.',
      proxy: 'Ports 15000 to 15099 belong to the mesh’s proxy.',
    },
    size: {
      label: 'Size',
      small: 'Small',
      medium: 'Medium',
      large: 'Large',
      smallIs: 'for most services',
      mediumIs: 'for steady traffic: more processor and memory for each pod',
      largeIs: 'for the busiest: the most of both, and more pods',
    },
    group: {
      label: 'GitLab group',
      hint: 'Where its repository is made.',
      failed: 'Groups could not be read: {{reason}}',
      none: 'There is no group where projects can be made.',
    },
    channel: {
      label: 'Alarm channel',
      hint: 'Becomes the label `channel` of its alarms, for the routes of Alertmanager to match.',
      shape: 'Letters, digits, dots, dashes and underscores.',
    },
    canary: {
      label: 'How new versions get traffic',
      none: 'All at once',
      careful: 'Careful: 5, 25, 50 %',
      quick: 'Quick: 20, 50 %',
      watched: 'By hand: 10 %, then somebody approves',
      picture: 'Share of requests that a new version gets, step by step',
      weight: '{{weight}} %',
      approval: 'approval',
      pause: '{{minutes}} min',
      live: 'live',
    },
    loading: 'Reading…',
  },
  translations: {
    zh: () => import('./locales/zh'),
  },
});
