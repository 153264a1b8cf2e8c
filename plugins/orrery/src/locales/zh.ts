/** Chinese. The translation ref checks that no key is missing. */
export default {
  'home.title': '首页',
  'activity.title': '活动',
  'activity.empty': '还没有人通过 Orrery 做过变更',
  'activity.emptyHelp': '在网格页面重启一个工作负载，这里就会有记录。',
  'activity.failed': '无法读取活动日志：{{reason}}',
  'activity.retry': '重试',
  'activity.running': '进行中',
  'activity.succeeded': '完成',
  'activity.failedState': '失败',
  'activity.waiting': '等待批准',
  'activity.rejected': '已拒绝',
  'activity.withdrawn': '已撤回',
  'activity.expired': '已过期',
  'activity.loading': '正在读取活动日志',
};
