export {
  compileKql,
  type CompileContext,
  type ElasticQuery,
} from './compileKql';
export { compileLucene } from './compileLucene';
