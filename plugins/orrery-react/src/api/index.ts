export { orreryApiRef, type ApprovalVerb, type OrreryApi } from './OrreryApi';
export { OrreryClient } from './OrreryClient';
export { readResponseError } from './readResponseError';
