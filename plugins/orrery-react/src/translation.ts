import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of the parts that every page shares. @public */
export const orreryReactTranslationRef = createTranslationRef({
  id: 'plugin.orrery-react',
  messages: {
    health: {
      failing: 'Failing',
      degraded: 'Degraded',
      unknown: 'Unknown',
      healthy: 'Healthy',
      idle: 'Idle',
    },
    scope: {
      cluster: 'Cluster',
      allClusters: 'All clusters',
      namespaces: 'Namespaces',
      allNamespaces: 'All in the mesh',
      range: 'Window',
      last: 'Last {{duration}}',
      past: '{{from}} to {{to}}',
      failed: 'Clusters could not be read: {{reason}}',
    },
    live: {
      live: 'Live, updated {{ago}}',
      past: 'Past: {{at}}',
      connecting: 'Connecting',
      broken: 'Not live: {{reason}}',
      backToLive: 'Back to live',
    },
    problems: {
      title: 'Part of this page is not known',
      failed: '{{name}} has no answer',
      stale: '{{name}} stopped answering; shown is {{ago}}',
      forbidden: '{{name}} may not be read',
      absent: '{{name}} is not there',
      retry: 'Try again',
    },
    action: {
      cancel: 'Cancel',
      close: 'Close',
      change: 'What changes',
      reason: 'Reason',
      reasonHelp: 'Written to the activity log.',
      typed: 'Type {{text}} to confirm',
      previewing: 'Asking the cluster what would change',
      readOnly: 'Orrery is read-only by configuration.',
      notPermitted: 'You do not have the permission for this.',
      undo: 'To undo',
      running: 'Running',
      succeeded: 'Done',
      failed: 'Failed',
      needsApproval: 'Needs a second person',
      needsApprovalHelp:
        'Nothing changes until someone else who may approve it has done so.',
      ask: 'Ask for approval: {{title}}',
      waiting: 'Waits for a second person',
      rejected: 'Rejected',
      withdrawn: 'Withdrawn',
      expired: 'Expired',
      removed: 'removed',
      added: 'added',
    },
    chart: {
      noData: 'Nothing was measured',
    },
  },
  translations: {
    zh: () => import('./locales/zh'),
  },
});
