export { orreryApiRef, type OrreryApi } from './OrreryApi';
export { OrreryClient } from './OrreryClient';
