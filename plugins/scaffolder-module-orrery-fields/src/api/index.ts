export {
  templateFieldsApiRef,
  type Place,
  type TemplateFieldsApi,
} from './TemplateFieldsApi';
export { TemplateFieldsClient } from './TemplateFieldsClient';
