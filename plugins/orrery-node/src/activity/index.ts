export { activityLogServiceRef } from './activityLogServiceRef';
export { HttpActivityLog } from './HttpActivityLog';
export type { ActivityLog, ActivityProgress, ActivityStart } from './types';
