export { createPreviewRouter } from './createPreviewRouter';
export { recordWrite } from './recordWrite';
export { TemplatePreviews } from './TemplatePreviews';
