import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of Home. @public */
export const orreryTranslationRef = createTranslationRef({
  id: 'plugin.orrery',
  messages: {
    home: {
      title: 'Home',
    },
    waiting: {
      title: 'Waiting for me',
      empty: 'Nothing waits for your approval, and you asked for nothing',
      failed: 'What waits could not be read: {{reason}}',
      loading: 'Looking for what waits',
      asked: '{{actor}} asks: “{{reason}}”',
      until: 'until {{instant}}',
      reason: 'Reason',
      approve: 'Approve',
      reject: 'Reject',
      withdraw: 'Withdraw',
      close: 'Close',
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
      approvedBy: 'approved by {{person}}',
      loading: 'Reading the activity log',
    },
  },
  translations: {
    zh: () => import('./locales/zh'),
  },
});
