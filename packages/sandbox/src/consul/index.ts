export { CONSUL_TOKEN, createConsul, type ConsulOptions } from './facade';
