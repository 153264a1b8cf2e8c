export { Dependencies } from './Dependencies';
