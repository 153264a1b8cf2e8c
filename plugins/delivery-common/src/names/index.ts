export {
  createImageProjectInputSchema,
  nameCheckSchema,
  serviceImageSchema,
  serviceInventorySchema,
  serviceNamesSchema,
  type NameCheck,
  type ServiceImage,
  type ServiceInventory,
  type ServiceNamesResponse,
} from './schema';
