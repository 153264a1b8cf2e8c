export {
  deliveryNumbers,
  deliveryNumbersListSchema,
  deliveryNumbersSchema,
  type DeliveryNumbers,
  type DeliveryNumbersList,
} from './numbers';
