export {
  createImageProjectInputSchema,
  nameCheckSchema,
  serviceImageSchema,
  serviceInventorySchema,
  serviceNamesSchema,
  sourceGroupsSchema,
  type SourceGroups,
  type NameCheck,
  type ServiceImage,
  type ServiceInventory,
  type ServiceNamesResponse,
} from './schema';
