export { createOidcFacade } from './facade';
