export { createGitLab } from './facade';
export { Forge, GITLAB_READER_TOKEN, GITLAB_TOKEN } from './Forge';
export { SourceHistory } from './seed/SourceHistory';
