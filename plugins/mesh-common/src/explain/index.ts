export {
  explainHealth,
  type ExplainedCall,
  type HealthExplanation,
  type LikelyCause,
} from './explainHealth';
