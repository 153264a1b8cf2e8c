export { LevelChips, LogHistogram } from './LogHistogram';
