export { activityLogServiceRef } from './activityLogServiceRef';
export { HttpActivityLog } from './HttpActivityLog';
export type {
  ActivityLog,
  ActivityProgress,
  ActivityStart,
  ApprovalRequest,
  ApprovalStart,
  ApprovalVerdict,
} from './types';
