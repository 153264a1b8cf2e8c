import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of Home. @public */
export const orreryTranslationRef = createTranslationRef({
  id: 'plugin.orrery',
  messages: {
    home: {
      title: 'Home',
    },
    activity: {
      title: 'Activity',
      empty: 'Nobody has changed anything through Orrery yet',
      emptyHelp:
        'Restart a workload from the Mesh page, and it is written down here.',
      failed: 'The activity log could not be read: {{reason}}',
      retry: 'Try again',
      running: 'Running',
      succeeded: 'Done',
      failedState: 'Failed',
      waiting: 'Waits for approval',
      rejected: 'Rejected',
      withdrawn: 'Withdrawn',
      expired: 'Expired',
      loading: 'Reading the activity log',
    },
  },
  translations: {
    zh: () => import('./locales/zh'),
  },
});
